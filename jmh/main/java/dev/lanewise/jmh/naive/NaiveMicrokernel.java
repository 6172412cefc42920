// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.naive;

/** C += A · B of two micropanels as three nested loops. */
public final class NaiveMicrokernel {
  private NaiveMicrokernel() {}

  public static void accumulate(
      int rows, int columns, int kc, float[] a, int lda, float[] b, float[] c) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        float sum = 0;
        for (int p = 0; p < kc; p++) {
          sum += a[i * lda + p] * b[p * columns + j];
        }
        c[i * columns + j] += sum;
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.naive;

/** C = A · B as three nested loops, row-major. */
public final class NaiveGemm {
  private NaiveGemm() {}

  public static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[i * k + p] * b[p * n + j];
        }
        c[i * n + j] = sum;
      }
    }
  }
}

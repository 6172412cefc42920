// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.FloatMicrokernelScalar.multiplyAdd;
import static dev.lanewise.internal.gemm.FloatMicrokernelScalar.sum;

/** One row by 4 columns: the last row of an odd number, beside {@link FloatMicrokernelScalar}. */
final class FloatMicrokernelScalarRow implements FloatMicrokernel {
  private static final int NR = 4;

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public int columns() {
    return NR;
  }

  @Override
  public void accumulate(
      int panels,
      int panel,
      int tiles,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      boolean overwrite,
      float[] c,
      int cOffset,
      int ldc) {
    for (int i = 0; i < panels; i++) {
      int bAt = bOffset + i * panel;
      for (int row = 0; row < tiles; row++) {
        int at = cOffset + row * ldc + i * NR;
        float acc0 = 0;
        float acc1 = 0;
        float acc2 = 0;
        float acc3 = 0;
        for (int p = 0; p < kc; p++) {
          float a0 = a[aOffset + row * lda + p];
          acc0 = multiplyAdd(a0, b[bAt + p * ldb], acc0);
          acc1 = multiplyAdd(a0, b[bAt + p * ldb + 1], acc1);
          acc2 = multiplyAdd(a0, b[bAt + p * ldb + 2], acc2);
          acc3 = multiplyAdd(a0, b[bAt + p * ldb + 3], acc3);
        }
        c[at] = sum(overwrite, c[at], acc0);
        c[at + 1] = sum(overwrite, c[at + 1], acc1);
        c[at + 2] = sum(overwrite, c[at + 2], acc2);
        c[at + 3] = sum(overwrite, c[at + 3], acc3);
      }
    }
  }
}

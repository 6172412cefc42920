// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatMicrokernel} without the vector module: 2 rows by 4 columns of scalars. */
public final class FloatMicrokernelScalar implements FloatMicrokernel {
  private static final int MR = 2;
  private static final int NR = 4;

  @Override
  public int rows() {
    return MR;
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
      for (int tile = 0; tile < tiles; tile++) {
        accumulate(
            kc,
            a,
            aOffset + tile * MR * lda,
            lda,
            b,
            bOffset + i * panel,
            ldb,
            overwrite,
            c,
            cOffset + tile * MR * ldc + i * NR,
            ldc);
      }
    }
  }

  private static void accumulate(
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
    float acc00 = 0;
    float acc01 = 0;
    float acc02 = 0;
    float acc03 = 0;
    float acc10 = 0;
    float acc11 = 0;
    float acc12 = 0;
    float acc13 = 0;
    for (int p = 0; p < kc; p++) {
      float a0 = a[aOffset + p];
      float a1 = a[aOffset + lda + p];
      float b0 = b[bOffset + p * ldb];
      float b1 = b[bOffset + p * ldb + 1];
      float b2 = b[bOffset + p * ldb + 2];
      float b3 = b[bOffset + p * ldb + 3];
      acc00 = multiplyAdd(a0, b0, acc00);
      acc01 = multiplyAdd(a0, b1, acc01);
      acc02 = multiplyAdd(a0, b2, acc02);
      acc03 = multiplyAdd(a0, b3, acc03);
      acc10 = multiplyAdd(a1, b0, acc10);
      acc11 = multiplyAdd(a1, b1, acc11);
      acc12 = multiplyAdd(a1, b2, acc12);
      acc13 = multiplyAdd(a1, b3, acc13);
    }
    c[cOffset] = sum(overwrite, c[cOffset], acc00);
    c[cOffset + 1] = sum(overwrite, c[cOffset + 1], acc01);
    c[cOffset + 2] = sum(overwrite, c[cOffset + 2], acc02);
    c[cOffset + 3] = sum(overwrite, c[cOffset + 3], acc03);
    c[cOffset + ldc] = sum(overwrite, c[cOffset + ldc], acc10);
    c[cOffset + ldc + 1] = sum(overwrite, c[cOffset + ldc + 1], acc11);
    c[cOffset + ldc + 2] = sum(overwrite, c[cOffset + ldc + 2], acc12);
    c[cOffset + ldc + 3] = sum(overwrite, c[cOffset + ldc + 3], acc13);
  }

  static float sum(boolean overwrite, float old, float product) {
    return overwrite ? product : old + product;
  }

  /** The arithmetic of the vector kernels of the same machine. */
  static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

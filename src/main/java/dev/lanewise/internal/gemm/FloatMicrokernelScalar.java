// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatMicrokernel} without the vector module: 2 rows by 4 columns of scalars. */
public final class FloatMicrokernelScalar implements FloatMicrokernel {
  private static final int MR = 2;
  private static final int KC = Blocking.KC;
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
      int kc,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int ldb,
      float[] d,
      int dOffset,
      int ldd,
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
      float a1 = a[aOffset + p + KC];
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
    c[cOffset] = d[dOffset] + acc00;
    c[cOffset + 1] = d[dOffset + 1] + acc01;
    c[cOffset + 2] = d[dOffset + 2] + acc02;
    c[cOffset + 3] = d[dOffset + 3] + acc03;
    c[cOffset + ldc] = d[dOffset + ldd] + acc10;
    c[cOffset + ldc + 1] = d[dOffset + ldd + 1] + acc11;
    c[cOffset + ldc + 2] = d[dOffset + ldd + 2] + acc12;
    c[cOffset + ldc + 3] = d[dOffset + ldd + 3] + acc13;
  }

  /** The arithmetic of the vector kernels of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

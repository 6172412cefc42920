// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.winograd;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatTileProduct} without the vector module: 2 tiles by 4 columns of scalars. */
final class FloatTileProductScalar implements FloatTileProduct {
  /** L: what stands in for a vector. */
  static final int LANES = 4;

  static final int ROWS = 2;
  static final int COLUMNS = LANES;

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(
      int k,
      float[] v,
      int vOffset,
      int blockFloats,
      float[] u,
      int uOffset,
      float[] m,
      int mOffset,
      int tile) {
    float acc00 = 0;
    float acc01 = 0;
    float acc02 = 0;
    float acc03 = 0;
    float acc10 = 0;
    float acc11 = 0;
    float acc12 = 0;
    float acc13 = 0;
    for (int c = 0; c < k; c++) {
      int at = vOffset + c / LANES * blockFloats + c % LANES;
      float v0 = v[at];
      float v1 = v[at + LANES];
      float u0 = u[uOffset + c * COLUMNS];
      float u1 = u[uOffset + c * COLUMNS + 1];
      float u2 = u[uOffset + c * COLUMNS + 2];
      float u3 = u[uOffset + c * COLUMNS + 3];
      acc00 = multiplyAdd(v0, u0, acc00);
      acc01 = multiplyAdd(v0, u1, acc01);
      acc02 = multiplyAdd(v0, u2, acc02);
      acc03 = multiplyAdd(v0, u3, acc03);
      acc10 = multiplyAdd(v1, u0, acc10);
      acc11 = multiplyAdd(v1, u1, acc11);
      acc12 = multiplyAdd(v1, u2, acc12);
      acc13 = multiplyAdd(v1, u3, acc13);
    }
    m[mOffset] = acc00;
    m[mOffset + 1] = acc01;
    m[mOffset + 2] = acc02;
    m[mOffset + 3] = acc03;
    m[mOffset + tile] = acc10;
    m[mOffset + tile + 1] = acc11;
    m[mOffset + tile + 2] = acc12;
    m[mOffset + tile + 3] = acc13;
  }

  /** The arithmetic of the vector kernels of the same machine. */
  private static float multiplyAdd(float x, float y, float sum) {
    return Machine.FMA ? Math.fma(x, y, sum) : x * y + sum;
  }
}

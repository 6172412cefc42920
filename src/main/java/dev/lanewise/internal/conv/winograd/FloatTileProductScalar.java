// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatTileProduct} of any size, 2 tiles by 4 columns of scalars at a time. */
final class FloatTileProductScalar implements FloatTileProduct {
  private static final int BLOCK_ROWS = 2;
  private static final int BLOCK_COLUMNS = 4;

  private final int rows;
  private final int columns;
  private final int lanes;

  /**
   * Of whole blocks.
   *
   * @param lanes L
   */
  FloatTileProductScalar(int rows, int columns, int lanes) {
    this.rows = rows;
    this.columns = columns;
    this.lanes = lanes;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
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
    for (int i = 0; i < rows; i += BLOCK_ROWS) {
      for (int j = 0; j < columns; j += BLOCK_COLUMNS) {
        block(
            k,
            v,
            vOffset + i * lanes,
            blockFloats,
            u,
            uOffset + at(j, k),
            uOffset + at(j + 2, k),
            m,
            mOffset + i * tile + j,
            mOffset + (i + 1) * tile + j);
      }
    }
  }

  /** Where column j of U begins. A vector may have as few as two columns. */
  private int at(int j, int k) {
    return j / lanes * (k + 1) * lanes + j % lanes;
  }

  private void block(
      int k,
      float[] v,
      int vOffset,
      int blockFloats,
      float[] u,
      int uFirst,
      int uThird,
      float[] m,
      int to0,
      int to1) {
    float acc00 = 0;
    float acc01 = 0;
    float acc02 = 0;
    float acc03 = 0;
    float acc10 = 0;
    float acc11 = 0;
    float acc12 = 0;
    float acc13 = 0;
    for (int first = 0; first < k; first += lanes) {
      int at = vOffset + first / lanes * blockFloats;
      int end = Math.min(first + lanes, k);
      for (int c = first; c < end; c++, at++) {
        float v0 = v[at];
        float v1 = v[at + lanes];
        float u0 = u[uFirst + c * lanes];
        float u1 = u[uFirst + c * lanes + 1];
        float u2 = u[uThird + c * lanes];
        float u3 = u[uThird + c * lanes + 1];
        acc00 = multiplyAdd(v0, u0, acc00);
        acc01 = multiplyAdd(v0, u1, acc01);
        acc02 = multiplyAdd(v0, u2, acc02);
        acc03 = multiplyAdd(v0, u3, acc03);
        acc10 = multiplyAdd(v1, u0, acc10);
        acc11 = multiplyAdd(v1, u1, acc11);
        acc12 = multiplyAdd(v1, u2, acc12);
        acc13 = multiplyAdd(v1, u3, acc13);
      }
    }
    m[to0] = acc00;
    m[to0 + 1] = acc01;
    m[to0 + 2] = acc02;
    m[to0 + 3] = acc03;
    m[to1] = acc10;
    m[to1 + 1] = acc11;
    m[to1 + 2] = acc12;
    m[to1 + 3] = acc13;
  }

  /** The arithmetic of the vector kernels of the same machine. */
  private static float multiplyAdd(float x, float y, float sum) {
    return Machine.FMA ? Math.fma(x, y, sum) : x * y + sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatBroadcastTile} of any size, 1 row by 4 columns at a time. */
final class FloatBroadcastTileScalar implements FloatBroadcastTile {
  private static final int BLOCK = 4;

  private final int rows;
  private final int columns;

  /** With columns a multiple of 4. */
  FloatBroadcastTileScalar(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
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
  public void accumulate(
      int count,
      float[] a,
      int aOffset,
      int[] aAt,
      int aIndex,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset) {
    for (int i = 0; i < rows; i++) {
      int row = aOffset + aAt[aIndex + i];
      for (int j = 0; j < columns; j += BLOCK) {
        float acc0 = 0;
        float acc1 = 0;
        float acc2 = 0;
        float acc3 = 0;
        for (int p = 0; p < count; p++) {
          float pixel = a[row + p];
          int at = bOffset + p * columns + j;
          acc0 = multiplyAdd(pixel, b[at], acc0);
          acc1 = multiplyAdd(pixel, b[at + 1], acc1);
          acc2 = multiplyAdd(pixel, b[at + 2], acc2);
          acc3 = multiplyAdd(pixel, b[at + 3], acc3);
        }
        int to = cOffset + i * columns + j;
        c[to] += acc0;
        c[to + 1] += acc1;
        c[to + 2] += acc2;
        c[to + 3] += acc3;
      }
    }
  }

  /** The arithmetic of the vector tiles of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

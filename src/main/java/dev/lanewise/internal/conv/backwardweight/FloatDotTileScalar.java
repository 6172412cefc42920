// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatDotTile} of any size, what stands for two lanes at a time. */
final class FloatDotTileScalar implements FloatDotTile {
  private final int rows;
  private final int columns;

  FloatDotTileScalar(int rows, int columns) {
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
  public int lanes() {
    return LENGTH;
  }

  @Override
  public void accumulate(
      int count,
      int rest,
      float[] a,
      int aOffset,
      int lda,
      int aRows,
      float[] b,
      int bOffset,
      int[] bAt,
      int bIndex,
      float[] c,
      int cOffset,
      int ldc) {
    for (int i = 0; i < rows; i++) {
      int row = aOffset + Math.min(i, aRows - 1) * lda;
      for (int j = 0; j < columns; j++) {
        int column = bOffset + bAt[bIndex + j];
        int to = cOffset + i * ldc + j * LENGTH;
        for (int l = 0; l < LENGTH; l += 2) {
          lanes(count, rest, a, row + l, b, column + l, l, c, to + l);
        }
      }
    }
  }

  /** Two neighbouring lanes of one vector of C. */
  private static void lanes(
      int count, int rest, float[] a, int row, float[] b, int column, int lane, float[] c, int to) {
    int last = (count - 1) * LENGTH + rest;
    float acc0 = lane >= LENGTH - rest ? a[row + last] * b[column + last] : 0;
    float acc1 = lane + 1 >= LENGTH - rest ? a[row + last + 1] * b[column + last + 1] : 0;
    for (int p = 0; p < count; p++) {
      int at = p * LENGTH;
      acc0 = multiplyAdd(a[row + at], b[column + at], acc0);
      acc1 = multiplyAdd(a[row + at + 1], b[column + at + 1], acc1);
    }
    c[to] += acc0;
    c[to + 1] += acc1;
  }

  /** The arithmetic of the vector tiles of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/** {@link FloatTranspose} without the vector module. */
final class FloatScalarTranspose implements FloatTranspose {
  @Override
  public void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    block(from, fromOffset, ld, rows, to, toOffset, stride, count);
  }

  static void block(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    for (int r = 0; r < rows; r++) {
      int row = fromOffset + r * ld;
      for (int p = 0; p < count; p++) {
        to[toOffset + p * stride + r] = from[row + p];
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** {@link FloatTransposeFromSegment} without the vector module. */
final class FloatScalarTransposeFromSegment implements FloatTransposeFromSegment {
  @Override
  public void run(
      MemorySegment from,
      long fromOffset,
      long ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    block(from, fromOffset, ld, rows, to, toOffset, stride, count);
  }

  static void block(
      MemorySegment from,
      long fromOffset,
      long ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    for (int r = 0; r < rows; r++) {
      long row = fromOffset + r * ld;
      for (int p = 0; p < count; p++) {
        to[toOffset + p * stride + r] = from.get(JAVA_FLOAT_UNALIGNED, (row + p) * Float.BYTES);
      }
    }
  }
}

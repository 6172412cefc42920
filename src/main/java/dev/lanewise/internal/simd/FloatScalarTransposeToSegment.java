// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** {@link FloatTransposeToSegment} without the vector module. */
final class FloatScalarTransposeToSegment implements FloatTransposeToSegment {
  @Override
  public void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      MemorySegment to,
      long toOffset,
      long stride,
      int count) {
    block(from, fromOffset, ld, rows, to, toOffset, stride, count);
  }

  static void block(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      MemorySegment to,
      long toOffset,
      long stride,
      int count) {
    for (int p = 0; p < count; p++) {
      long column = toOffset + p * stride;
      for (int r = 0; r < rows; r++) {
        to.set(JAVA_FLOAT_UNALIGNED, (column + r) * Float.BYTES, from[fromOffset + r * ld + p]);
      }
    }
  }
}

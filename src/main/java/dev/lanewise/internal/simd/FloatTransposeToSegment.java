// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/** {@link FloatTranspose} to a segment, with indices that count its elements. */
public interface FloatTransposeToSegment extends Starting.Form {
  /** To any segment. */
  FloatTransposeToSegment SCALAR = new FloatScalarTransposeToSegment();

  /** To a native one. */
  Starting<FloatTransposeToSegment> NATIVE =
      Machine.SIMD
          ? new Starting<>(FloatVectorTransposeToSegment.class, SCALAR)
          : Starting.fixed(SCALAR);

  /**
   * {@code to[toOffset + p·stride + r] = from[fromOffset + r·ld + p]} for r in [0, rows) and p in
   * [0, count).
   */
  void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      MemorySegment to,
      long toOffset,
      long stride,
      int count);

  @Override
  default int trial() {
    int side = 16;
    float[] from = FloatZeros.atLeast(side * side);
    MemorySegment to = FloatNativeZeros.atLeast(side * side);
    run(from, 0, side, side, to, 0, side, side);
    return side * side / 2;
  }
}

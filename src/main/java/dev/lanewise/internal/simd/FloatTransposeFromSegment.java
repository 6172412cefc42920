// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/** {@link FloatTranspose} of a matrix in a segment, with indices that count its elements. */
public interface FloatTransposeFromSegment extends Starting.Form {
  /** Of any segment. */
  FloatTransposeFromSegment SCALAR = new FloatScalarTransposeFromSegment();

  /** Of a native one. */
  Starting<FloatTransposeFromSegment> NATIVE =
      Machine.SIMD
          ? new Starting<>(FloatVectorTransposeFromSegment.class, SCALAR)
          : Starting.fixed(SCALAR);

  /**
   * {@code to[toOffset + p·stride + r] = from[fromOffset + r·ld + p]} for r in [0, rows) and p in
   * [0, count).
   */
  void run(
      MemorySegment from,
      long fromOffset,
      long ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count);

  @Override
  default int trial() {
    int side = 16;
    MemorySegment from = FloatNativeZeros.atLeast(side * side);
    float[] to = FloatZeros.atLeast(side * side);
    run(from, 0, side, side, to, 0, side, side);
    return side * side / 2;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatRollingTileInPlace} from native memory to native memory, with indices that count
 * elements. As there no scalar form: until it is fast, copies are read.
 */
public interface FloatRollingTileInPlaceOfSegments extends Starting.Form {
  /** For windows of 3 rows. */
  Starting<FloatRollingTileInPlaceOfSegments> THREE =
      Starting.vectorOnly(FloatRollingTile3InPlaceOfSegments.class);

  /** KH. */
  int height();

  /** As there. */
  void run(
      int above,
      int below,
      int terms,
      int[] shifts,
      long[] inside,
      int firstInside,
      float around,
      MemorySegment source,
      long sourceOffset,
      long sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      MemorySegment target,
      long targetOffset,
      long targetPitch);

  @Override
  default int trial() {
    int terms = 8;
    int rows = FloatRollingTileInPlace.ROWS;
    float[] weight = FloatZeros.atLeast(terms * height());
    MemorySegment zeros = FloatNativeZeros.atLeast(FloatLanes.LENGTH);
    int[] shifts = new int[terms];
    long[] inside = new long[terms];
    run(0, 0, terms, shifts, inside, 0, 0, zeros, 0, 0, weight, 0, 0, zeros, 0, 0);
    return terms * height() * rows;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatPixelLineTile} whose target is native memory, with an index that counts its elements.
 * There is no scalar form: until one is fast, an array is the target, and copied.
 */
public interface FloatPixelLineTileToSegment extends Starting.Form {
  /** Columns of the kernel. */
  int TAPS = FloatPixelLineTile.TAPS;

  /** F. */
  int filters();

  /** V. */
  int vectors();

  /** LENGTH. */
  int lanes();

  /** As there. */
  void run(
      int begin,
      int end,
      int[] sourceAt,
      int[] targetAt,
      int steps,
      float[] source,
      int sourceOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      MemorySegment target,
      long targetOffset,
      long plane);

  @Override
  default int trial() {
    int steps = 8;
    int[] places = new int[vectors()];
    float[] zeros = FloatZeros.atLeast(steps * PixelLine.LONGEST + TAPS + FloatLanes.LENGTH);
    MemorySegment target = FloatNativeZeros.atLeast(lanes());
    run(0, vectors(), places, places, steps, zeros, 0, zeros, 0, zeros, 0, target, 0, 0);
    return steps * TAPS * filters() * vectors();
  }
}

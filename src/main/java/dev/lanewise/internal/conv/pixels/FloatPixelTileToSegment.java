// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link FloatPixelTile} whose target is native memory, with an index that counts its elements.
 * There is no scalar form: until one is fast, an array is the target, and copied.
 */
public interface FloatPixelTileToSegment extends Starting.Form {
  /**
   * What it takes; an array takes any number. A tile that goes on from sums in a segment is one of
   * which C1 refuses the third tier, by what it happens to inline.
   */
  int MOST_TERMS = LoopStrip.MOST;

  /** The tiles of this machine, by filters: 1, 2, 3 and so on, as in {@link FloatPixelTile#ALL}. */
  List<Starting<FloatPixelTileToSegment>> ALL =
      (Machine.REGISTERS >= 32
              ? Stream.<Class<? extends FloatPixelTileToSegment>>of(
                  FloatPixelTile1x8ToSegment.class,
                  FloatPixelTile2x4ToSegment.class,
                  FloatPixelTile3x4ToSegment.class,
                  FloatPixelTile4x4ToSegment.class,
                  FloatPixelTile5x4ToSegment.class)
              : Stream.<Class<? extends FloatPixelTileToSegment>>of(
                  FloatPixelTile1x8ToSegment.class,
                  FloatPixelTile2x4ToSegment.class,
                  FloatPixelTile3x3ToSegment.class,
                  FloatPixelTile4x2ToSegment.class))
          .map(tile -> Starting.<FloatPixelTileToSegment>vectorOnly(tile))
          .toList();

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
      int terms,
      int[] shifts,
      int firstShift,
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
    int terms = 16;
    int[] places = new int[Math.max(terms, vectors())];
    float[] zeros = FloatZeros.atLeast(Math.max(terms * filters(), lanes()));
    MemorySegment target = FloatNativeZeros.atLeast(lanes());
    run(0, vectors(), places, places, terms, places, 0, zeros, 0, zeros, 0, zeros, 0, target, 0, 0);
    return terms * filters() * vectors();
  }
}

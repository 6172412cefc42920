// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * The tiles of a {@link FloatPixelFilter}, one for every few of its filters, as its bands call
 * them. How they find their terms in the copies is theirs.
 */
interface FloatBandTiles {
  /** How many. */
  int count();

  /** The filters of one. */
  int filters(int tile);

  /** The form of one that writes to native memory. */
  Starting<?> toSegment(int tile);

  /** A tile that cannot write to native memory yet; null if all can. */
  default Starting<?> waiting() {
    for (int tile = 0; tile < count(); tile++) {
      Starting<?> toSegment = toSegment(tile);
      if (toSegment.kernel() == null) {
        return toSegment;
      }
    }
    return null;
  }

  /**
   * The sums of a tile's filters for a run of vectors; they are overwritten.
   *
   * @param places where the vectors are in the copies and in a filter's plane
   * @param plane elements from filter to filter
   */
  void run(
      int tile,
      int begin,
      int end,
      PixelPlaces places,
      FloatPixelTerms.Phases phase,
      float[] copies,
      int copiesOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int targetOffset,
      int plane);

  /** The same in native memory, unless a tile is {@link #waiting}. */
  void run(
      int tile,
      int begin,
      int end,
      PixelPlaces places,
      FloatPixelTerms.Phases phase,
      float[] copies,
      int copiesOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      MemorySegment target,
      long targetOffset,
      int plane);
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;

/**
 * What a {@link FloatRollingTile} computes, read where the source stands: one filter, {@link #ROWS}
 * rows of one vector of pixels. There is no scalar form: until it is fast, copies are read.
 *
 * <pre>
 *   target[y·targetPitch + x] = bias + Σ_{k, kh} weight[k·KH + kh] · X(k, y + kh, x)
 *
 *   X(k, r, x) = source[r·sourcePitch + shift[k] + x]   where row r and lane x of inside[k] are,
 *                around                                 elsewhere
 * </pre>
 *
 * <p>A source that is summed while it is read is fetched ahead by the processor; copied first, it
 * was waited for. One vector of more rows, for each row of it is blended with what is beside it.
 */
public interface FloatRollingTileInPlace extends Starting.Form {
  /** Rows of a tile: divides those of 28×28 images. */
  int ROWS = 7;

  /** The most rows of a window above the source, and below. */
  int MOST_OUTSIDE = 2;

  /** For windows of 3 rows. */
  Starting<FloatRollingTileInPlace> THREE = Starting.vectorOnly(FloatRollingTile3InPlace.class);

  /** KH. */
  int height();

  /**
   * Overwrites one tile.
   *
   * @param above rows of the tile's windows above the source: at most {@link #MOST_OUTSIDE}
   * @param below the same below it; all others are inside
   * @param inside for each term, the lanes inside the rows as the bits of a mask
   * @param firstInside where the first term's are
   * @param around what is outside
   * @param sourceOffset the first element that shift 0 reads; it need not be inside
   */
  void run(
      int above,
      int below,
      int terms,
      int[] shifts,
      long[] inside,
      int firstInside,
      float around,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch);

  @Override
  default int trial() {
    int terms = 8;
    float[] zeros = FloatZeros.atLeast(Math.max(terms * height(), FloatLanes.LENGTH));
    int[] shifts = new int[terms];
    long[] inside = new long[terms];
    run(0, 0, terms, shifts, inside, 0, 0, zeros, 0, 0, zeros, 0, 0, zeros, 0, 0);
    return terms * height() * ROWS;
  }
}

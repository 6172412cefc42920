// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.Starting;
import java.util.List;

/**
 * The innermost loop of a weight's gradient for windows of 3×3 side by side: a few filtered planes
 * times the nine taps of one channel, pixels in the lanes.
 *
 * <pre>
 *   sums[f·stride + (3·kh + kw)·LENGTH + l] += Σ filtered[f·plane + r·width + x] · image[(r + kh)·pitch + x + kw]
 *                     0 ≤ f &lt; F, 0 ≤ r &lt; rows, 0 ≤ x &lt; width, l the lane of x
 * </pre>
 *
 * <p>Down a column of vectors the three rows that a window reads slide: two of them are there, only
 * the third is loaded, one vector for each kw. So a row of 9·F multiply-adds takes 3 + F loads,
 * where dot products of a tile as large take twice as many; of vectors that straddle cache lines a
 * core loads one in the time of two multiply-adds.
 *
 * <p>A column that is no whole vector ends where the row does; the lanes that it shares with the
 * one before it are zero in both operands, so that an infinite element counts once.
 */
public interface FloatSlidingTile extends Starting.Form {
  /** Rows and columns of the window. */
  int KERNEL = 3;

  /** The tiles, by filters: 1, 2. */
  List<Starting<FloatSlidingTile>> ALL =
      List.of(
          new Starting<>(FloatSlidingTile1.class, new FloatSlidingTileScalar(1)),
          new Starting<>(FloatSlidingTile2.class, new FloatSlidingTileScalar(2)));

  /** F. */
  int filters();

  /** LENGTH. */
  int lanes();

  /**
   * Adds a band's products; width is at least LENGTH.
   *
   * @param rows at most {@link LoopStrip#MOST}
   */
  void accumulate(
      int rows,
      int width,
      float[] image,
      int imageOffset,
      int pitch,
      float[] filtered,
      int filteredOffset,
      int plane,
      float[] sums,
      int sumsOffset,
      int stride);

  /** Whole vectors and a part of one. */
  @Override
  default int trial() {
    int rows = 4;
    int width = 3 * lanes() - 1;
    int taps = KERNEL * KERNEL;
    float[] image = FloatZeros.atLeast((rows + KERNEL - 1) * (width + KERNEL - 1));
    float[] filtered = FloatZeros.atLeast(rows * width);
    float[] sums = FloatZeros.atLeast(filters() * taps * lanes());
    accumulate(rows, width, image, 0, width + KERNEL - 1, filtered, 0, 0, sums, 0, taps * lanes());
    return rows * 3 * filters() * taps;
  }
}

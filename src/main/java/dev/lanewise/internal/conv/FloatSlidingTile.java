// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.simd.Machine;
import java.util.Arrays;

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
public sealed interface FloatSlidingTile permits FloatSlidingTile1, FloatSlidingTile2 {
  /** Rows and columns of the window. */
  int KERNEL = 3;

  /** The tiles, by filters: 1, 2. */
  static FloatSlidingTile[] all() {
    return new FloatSlidingTile[] {new FloatSlidingTile1(), new FloatSlidingTile2()};
  }

  /**
   * Whether the largest tile fits the registers and vectors multiply and add in one instruction.
   */
  static boolean fits() {
    return Machine.SIMD && Machine.FMA && Machine.REGISTERS >= 32;
  }

  /** F. */
  int filters();

  /** LENGTH. */
  int lanes();

  /** Adds a band's products; width is at least LENGTH. */
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

  /** {@code length} zeros followed by as many ones. */
  static float[] zerosThenOnes(int length) {
    float[] values = new float[2 * length];
    Arrays.fill(values, length, 2 * length, 1);
    return values;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.Starting;

/**
 * The innermost loops of {@link FloatDepthwiseBackwardWeight}: the nine dot products of a filtered
 * plane with what each tap of 3×3 reads of an image's plane, over one column of vectors of pixels
 * from its first row to its last.
 *
 * <pre>
 *   sums[k·LENGTH + l] = before[k·LENGTH + l] + Σ_rows filtered · image, at tap k, in lane l
 * </pre>
 *
 * <p>Lanes stay apart until somebody adds them up, so what lies beside the rows needs no mask while
 * the sum runs: lanes in which a tap reads no pixel of its row are dropped at the end.
 */
public interface FloatDepthwiseDots extends Starting.Form {
  /** Without stride. */
  Starting<FloatDepthwiseDots> UNIT =
      new Starting<>(
          FloatDepthwiseDotsUnit::new,
          new FloatDepthwiseDotsScalar(1, 2),
          FloatDepthwiseDots::trial);

  /** Stride 2. */
  Starting<FloatDepthwiseDots> STRIDED =
      new Starting<>(
          FloatDepthwiseDotsStrided::new,
          new FloatDepthwiseDotsScalar(2, 1),
          FloatDepthwiseDots::trial);

  /** Rows and columns of the image from one window to the next. */
  int step();

  /** Windows of a column. Of both operands it loads whole vectors. */
  int windows();

  /** Rows of windows that it needs at least. */
  int leastRows();

  /**
   * Adds the dot products of a column.
   *
   * @param rows rows of windows, at most {@link LoopStrip#MOST}
   * @param above what the first row of taps reads in the first window
   * @param image the rows that follow, from the one behind {@code above} on
   * @param below what the last row of taps reads in the last window
   * @param left the lanes to be kept of the first column of taps, by bits; the lanes of a window
   *     are those of the pixels that its middle column reads
   * @param middle the same for the second
   * @param right the same for the third
   * @param before what the sums are added to: the sums themselves, or zeros
   */
  void run(
      int rows,
      float[] above,
      int aboveOffset,
      float[] image,
      int imageOffset,
      int imagePitch,
      float[] below,
      int belowOffset,
      float[] filtered,
      int filteredOffset,
      int filteredPitch,
      long left,
      long middle,
      long right,
      float[] before,
      int beforeOffset,
      float[] sums,
      int sumsOffset);

  @Override
  default int trial() {
    int rows = 16;
    float[] image = FloatZeros.atLeast(FloatLanes.LENGTH + 2);
    float[] sums = FloatZeros.atLeast(9 * FloatLanes.LENGTH);
    run(rows, image, 0, image, 0, 0, image, 0, image, 0, 0, -1, -1, -1, sums, 0, sums, 0);
    return rows * 9;
  }
}

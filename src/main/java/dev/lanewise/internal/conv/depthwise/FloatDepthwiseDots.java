// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.Starting;

/**
 * The innermost loops of {@link FloatDepthwiseBackwardWeight}: the nine dot products of a filtered
 * plane with what each tap of 3×3 reads of an image's plane, column by column of vectors of pixels,
 * each from its first row to its last.
 *
 * <pre>
 *   sums[9·p + k] += Σ_lanes Σ_columns Σ_rows filtered · image, in plane p, at tap k
 * </pre>
 *
 * <p>What lies beside the rows needs no mask while the sum over the rows runs: lanes in which a tap
 * reads no pixel of its row are dropped at its end.
 *
 * <p>Lanes are added up in rounds s = 1, 2, 4, 8: those s apart, of two taps at a time, which makes
 * one vector of two. So eight taps end up in eight neighbouring lanes; the ninth goes by itself.
 */
public interface FloatDepthwiseDots extends Starting.Form {
  /** Without stride. */
  Starting<FloatDepthwiseDots> UNIT =
      new Starting<>(FloatDepthwiseDotsUnit.class, new FloatDepthwiseDotsScalar(1, 2));

  /** Without stride, for an even number of columns. */
  Starting<FloatDepthwiseDots> PAIRS =
      new Starting<>(FloatDepthwiseDotsPairs.class, new FloatDepthwiseDotsScalar(1, 2));

  /** Stride 2. */
  Starting<FloatDepthwiseDots> STRIDED =
      new Starting<>(FloatDepthwiseDotsStrided.class, new FloatDepthwiseDotsScalar(2, 1));

  /** Rows and columns of the image from one window to the next. */
  int step();

  /** Windows of a column. Of both operands it loads whole vectors. */
  int windows();

  /** Rows of windows that it needs at least. */
  int leastRows();

  /**
   * Adds the dot products of some planes; a step leads from one to the next.
   *
   * @param rows rows of windows, at most {@link LoopStrip#MOST}
   * @param columns the first window of each column
   * @param kept the lanes to be kept, by bits, of each column's first, second and third column of
   *     taps; the lanes of a window are those of the pixels that its middle column reads
   * @param above what the first row of taps reads in the first window
   * @param image the rows that follow, from the one behind {@code above} on
   * @param below what the last row of taps reads in the last window
   * @param sums behind the last, as many elements as a vector has stay as they are, but are written
   */
  void run(
      int planes,
      int rows,
      int[] columns,
      long[] kept,
      float[] above,
      int aboveOffset,
      int aboveStep,
      float[] image,
      int imageOffset,
      int imagePitch,
      int imageStep,
      float[] below,
      int belowOffset,
      int belowStep,
      float[] filtered,
      int filteredOffset,
      int filteredPitch,
      int filteredStep,
      float[] sums,
      int sumsOffset);

  @Override
  default int trial() {
    int rows = 16;
    float[] image = FloatZeros.atLeast(FloatLanes.LENGTH + 2);
    float[] sums = FloatZeros.atLeast(9 + FloatLanes.LENGTH);
    int[] columns = {0, 0};
    long[] kept = {-1, -1, -1, -1, -1, -1};
    run(1, rows, columns, kept, image, 0, 0, image, 0, 0, 0, image, 0, 0, image, 0, 0, 0, sums, 0);
    return 2 * rows * 9;
  }
}

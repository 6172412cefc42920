// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.Starting;

/**
 * The innermost loops of {@link FloatDepthwiseFilter}: a filter of 3×3 taps for a single channel,
 * one column of vectors of pixels from its first row to its last.
 *
 * <p>Rows are taken as they come. A row of the source is loaded once for each of its three columns
 * of taps and goes to all the sums that it is a term of, so loads do not limit the multiply-adds;
 * sums of different rows are independent and hide each other's latency.
 *
 * <p>Every lane is stored. Lanes behind the end of a row are overwritten by later rows, or fall
 * behind the last row.
 */
public interface FloatDepthwiseKernel extends Starting.Form {
  /** Without stride, either way. */
  Starting<FloatDepthwiseKernel> UNIT =
      new Starting<>(
          FloatDepthwiseKernelUnit.class, new FloatDepthwiseKernelScalar(1, 1, FloatLanes.LENGTH));

  /** Stride 2 forwards. */
  Starting<FloatDepthwiseKernel> STRIDED =
      new Starting<>(
          FloatDepthwiseKernelStrided.class,
          new FloatDepthwiseKernelScalar(2, 1, FloatLanes.LENGTH / 2));

  /** Stride 2 backwards. */
  Starting<FloatDepthwiseKernel> PHASES =
      new Starting<>(
          FloatDepthwiseKernelPhases.class,
          new FloatDepthwiseKernelScalar(1, 2, FloatLanes.LENGTH));

  /** Every lane inside, in the bits of {@link #run}. */
  long ALL_LANES = -1;

  /** Rows and columns of the source from one position to the next. */
  int sourceStep();

  /** Rows and columns of the target that one position makes. */
  int targetStep();

  /** Positions of a column. Of the source it loads a whole vector, at each of the three taps. */
  int positions();

  /**
   * Overwrites a column.
   *
   * @param rows rows of positions, at least 1 and at most {@link LoopStrip#MOST}
   * @param above what the first row of taps reads at the first position
   * @param source the rows that follow, from the one behind {@code above} on
   * @param below what the last row of taps reads at the last position
   * @param left the lanes in which the first column of taps lies inside a row of the source, by
   *     bits
   * @param right the same for the last column of taps
   * @param weight the filter, row by row, from {@code weightOffset} on in steps of {@code
   *     weightStep}: −1 turns it round
   */
  void run(
      int rows,
      float[] above,
      int aboveOffset,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] below,
      int belowOffset,
      long left,
      long right,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch);

  /** A column inside the rows and one at their edge. */
  @Override
  default int trial() {
    int rows = 8;
    float[] source = FloatZeros.atLeast(FloatLanes.LENGTH + 2);
    float[] target = FloatZeros.atLeast(2 * FloatLanes.LENGTH);
    for (long inside = ALL_LANES; inside <= 0; inside++) {
      run(rows, source, 0, source, 0, 0, source, 0, inside, inside, source, 0, 0, 0, target, 0, 0);
    }
    return 2 * rows * 9;
  }
}

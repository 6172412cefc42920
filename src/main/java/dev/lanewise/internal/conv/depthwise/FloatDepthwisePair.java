// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;

/**
 * {@link FloatDepthwiseKernel} without stride on two columns of vectors at a time: of a plane from
 * beyond the first-level cache it reads twice as much in a row. 32 planes of 112×112 take three
 * quarters of the time (Zen 5). There is no scalar form: until this one is fast, columns go one by
 * one.
 */
public interface FloatDepthwisePair extends Starting.Form {
  Starting<FloatDepthwisePair> UNIT = Starting.vectorOnly(FloatDepthwisePairUnit.class);

  /**
   * Overwrites two columns. Operands are those of {@link FloatDepthwiseKernel#run} for the first
   * one.
   *
   * @param second elements from the first column to the second, at most as many as a vector has
   * @param left the lanes of the first column in which its first column of taps lies inside a row
   * @param right the lanes of the second column in which its last column of taps lies inside a row
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
      int second,
      long left,
      long right,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch);

  /** Columns inside the rows and some at their edge. */
  @Override
  default int trial() {
    int rows = 8;
    int length = FloatLanes.LENGTH;
    float[] source = FloatZeros.atLeast(2 * length + 2);
    float[] target = FloatZeros.atLeast(2 * length);
    for (long inside = FloatDepthwiseKernel.ALL_LANES; inside <= 0; inside++) {
      run(
          rows, source, 0, source, 0, 0, source, 0, length, inside, inside, source, 0, 0, 0, target,
          0, 0);
    }
    return 4 * rows * 9;
  }
}

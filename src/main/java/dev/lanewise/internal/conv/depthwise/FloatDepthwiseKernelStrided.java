// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link FloatDepthwiseKernel} with stride 2: what lies between two positions of a row is computed
 * as well and dropped, so that half of a vector is left. Sorting the operands instead, three for
 * each row, would take as many instructions as the multiply-adds that are in vain.
 *
 * <p>Only where masked stores are instructions. One that reaches behind its array would be slow:
 * the last row is stored from the second half of the lanes there.
 */
final class FloatDepthwiseKernelStrided implements FloatDepthwiseKernel {
  /** The even lanes, twice. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LENGTH);

  private static final VectorMask<Float> FIRST_HALF =
      VectorMask.fromLong(SPECIES, (1L << (LENGTH / 2)) - 1);

  private static final VectorMask<Float> SECOND_HALF =
      VectorMask.fromLong(SPECIES, -1L << (LENGTH / 2));

  @Override
  public int sourceStep() {
    return 2;
  }

  @Override
  public int targetStep() {
    return 1;
  }

  @Override
  public int positions() {
    return LENGTH / 2;
  }

  @Override
  public void run(
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
      int targetPitch) {
    if ((left & right) == ALL_LANES) {
      inside(
          rows,
          above,
          aboveOffset,
          source,
          sourceOffset,
          sourcePitch,
          below,
          belowOffset,
          weight,
          weightOffset,
          weightStep,
          bias,
          target,
          targetOffset,
          targetPitch);
    } else {
      edge(
          rows,
          above,
          aboveOffset,
          source,
          sourceOffset,
          sourcePitch,
          below,
          belowOffset,
          left,
          right,
          weight,
          weightOffset,
          weightStep,
          bias,
          target,
          targetOffset,
          targetPitch);
    }
  }

  /** What all taps read lies inside the rows. */
  public static void inside(
      int rows,
      float[] above,
      int aboveOffset,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] below,
      int belowOffset,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    FloatVector w00 = FloatVector.broadcast(SPECIES, weight[weightOffset]);
    FloatVector w01 = FloatVector.broadcast(SPECIES, weight[weightOffset + weightStep]);
    FloatVector w02 = FloatVector.broadcast(SPECIES, weight[weightOffset + 2 * weightStep]);
    FloatVector w10 = FloatVector.broadcast(SPECIES, weight[weightOffset + 3 * weightStep]);
    FloatVector w11 = FloatVector.broadcast(SPECIES, weight[weightOffset + 4 * weightStep]);
    FloatVector w12 = FloatVector.broadcast(SPECIES, weight[weightOffset + 5 * weightStep]);
    FloatVector w20 = FloatVector.broadcast(SPECIES, weight[weightOffset + 6 * weightStep]);
    FloatVector w21 = FloatVector.broadcast(SPECIES, weight[weightOffset + 7 * weightStep]);
    FloatVector w22 = FloatVector.broadcast(SPECIES, weight[weightOffset + 8 * weightStep]);
    FloatVector start = FloatVector.broadcast(SPECIES, bias);
    FloatVector x0 = FloatVector.fromArray(SPECIES, above, aboveOffset);
    FloatVector x1 = FloatVector.fromArray(SPECIES, above, aboveOffset + 1);
    FloatVector x2 = FloatVector.fromArray(SPECIES, above, aboveOffset + 2);
    FloatVector sum = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    int last = rows - 1;
    for (int r = 0; r < last; r++) {
      int at = sourceOffset + 2 * r * sourcePitch;
      x0 = FloatVector.fromArray(SPECIES, source, at);
      x1 = FloatVector.fromArray(SPECIES, source, at + 1);
      x2 = FloatVector.fromArray(SPECIES, source, at + 2);
      sum = x2.fma(w12, x1.fma(w11, x0.fma(w10, sum)));
      at += sourcePitch;
      x0 = FloatVector.fromArray(SPECIES, source, at);
      x1 = FloatVector.fromArray(SPECIES, source, at + 1);
      x2 = FloatVector.fromArray(SPECIES, source, at + 2);
      sum = x2.fma(w22, x1.fma(w21, x0.fma(w20, sum)));
      sum.rearrange(EVEN).intoArray(target, targetOffset + r * targetPitch, FIRST_HALF);
      sum = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    }
    int at = sourceOffset + 2 * last * sourcePitch;
    x0 = FloatVector.fromArray(SPECIES, source, at);
    x1 = FloatVector.fromArray(SPECIES, source, at + 1);
    x2 = FloatVector.fromArray(SPECIES, source, at + 2);
    sum = x2.fma(w12, x1.fma(w11, x0.fma(w10, sum)));
    x0 = FloatVector.fromArray(SPECIES, below, belowOffset);
    x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 1);
    x2 = FloatVector.fromArray(SPECIES, below, belowOffset + 2);
    sum = x2.fma(w22, x1.fma(w21, x0.fma(w20, sum)));
    int end = targetOffset + last * targetPitch;
    if (end + LENGTH <= target.length) {
      sum.rearrange(EVEN).intoArray(target, end, FIRST_HALF);
    } else {
      sum.rearrange(EVEN).intoArray(target, end - LENGTH / 2, SECOND_HALF);
    }
  }

  /** Taps beside the rows read zero. */
  public static void edge(
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
      int targetPitch) {
    FloatVector w00 = FloatVector.broadcast(SPECIES, weight[weightOffset]);
    FloatVector w01 = FloatVector.broadcast(SPECIES, weight[weightOffset + weightStep]);
    FloatVector w02 = FloatVector.broadcast(SPECIES, weight[weightOffset + 2 * weightStep]);
    FloatVector w10 = FloatVector.broadcast(SPECIES, weight[weightOffset + 3 * weightStep]);
    FloatVector w11 = FloatVector.broadcast(SPECIES, weight[weightOffset + 4 * weightStep]);
    FloatVector w12 = FloatVector.broadcast(SPECIES, weight[weightOffset + 5 * weightStep]);
    FloatVector w20 = FloatVector.broadcast(SPECIES, weight[weightOffset + 6 * weightStep]);
    FloatVector w21 = FloatVector.broadcast(SPECIES, weight[weightOffset + 7 * weightStep]);
    FloatVector w22 = FloatVector.broadcast(SPECIES, weight[weightOffset + 8 * weightStep]);
    FloatVector start = FloatVector.broadcast(SPECIES, bias);
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> leftInside = VectorMask.fromLong(SPECIES, left);
    VectorMask<Float> rightInside = VectorMask.fromLong(SPECIES, right);
    FloatVector x0 = zero.blend(FloatVector.fromArray(SPECIES, above, aboveOffset), leftInside);
    FloatVector x1 = FloatVector.fromArray(SPECIES, above, aboveOffset + 1);
    FloatVector x2 =
        zero.blend(FloatVector.fromArray(SPECIES, above, aboveOffset + 2), rightInside);
    FloatVector sum = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    int last = rows - 1;
    for (int r = 0; r < last; r++) {
      int at = sourceOffset + 2 * r * sourcePitch;
      x0 = zero.blend(FloatVector.fromArray(SPECIES, source, at), leftInside);
      x1 = FloatVector.fromArray(SPECIES, source, at + 1);
      x2 = zero.blend(FloatVector.fromArray(SPECIES, source, at + 2), rightInside);
      sum = x2.fma(w12, x1.fma(w11, x0.fma(w10, sum)));
      at += sourcePitch;
      x0 = zero.blend(FloatVector.fromArray(SPECIES, source, at), leftInside);
      x1 = FloatVector.fromArray(SPECIES, source, at + 1);
      x2 = zero.blend(FloatVector.fromArray(SPECIES, source, at + 2), rightInside);
      sum = x2.fma(w22, x1.fma(w21, x0.fma(w20, sum)));
      sum.rearrange(EVEN).intoArray(target, targetOffset + r * targetPitch, FIRST_HALF);
      sum = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    }
    int at = sourceOffset + 2 * last * sourcePitch;
    x0 = zero.blend(FloatVector.fromArray(SPECIES, source, at), leftInside);
    x1 = FloatVector.fromArray(SPECIES, source, at + 1);
    x2 = zero.blend(FloatVector.fromArray(SPECIES, source, at + 2), rightInside);
    sum = x2.fma(w12, x1.fma(w11, x0.fma(w10, sum)));
    x0 = zero.blend(FloatVector.fromArray(SPECIES, below, belowOffset), leftInside);
    x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 1);
    x2 = zero.blend(FloatVector.fromArray(SPECIES, below, belowOffset + 2), rightInside);
    sum = x2.fma(w22, x1.fma(w21, x0.fma(w20, sum)));
    int end = targetOffset + last * targetPitch;
    if (end + LENGTH <= target.length) {
      sum.rearrange(EVEN).intoArray(target, end, FIRST_HALF);
    } else {
      sum.rearrange(EVEN).intoArray(target, end - LENGTH / 2, SECOND_HALF);
    }
  }
}

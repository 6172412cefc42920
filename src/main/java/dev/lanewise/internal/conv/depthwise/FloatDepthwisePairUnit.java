// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link FloatDepthwisePair} by vectors: 9 filters' values, 4 sums and 6 operands. */
final class FloatDepthwisePairUnit implements FloatDepthwisePair {
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
      int second,
      long left,
      long right,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    if ((left & right) == FloatDepthwiseKernel.ALL_LANES) {
      inside(
          rows,
          above,
          aboveOffset,
          source,
          sourceOffset,
          sourcePitch,
          below,
          belowOffset,
          second,
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
          second,
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
      int second,
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
    FloatVector y0 = FloatVector.fromArray(SPECIES, above, aboveOffset + second);
    FloatVector y1 = FloatVector.fromArray(SPECIES, above, aboveOffset + second + 1);
    FloatVector y2 = FloatVector.fromArray(SPECIES, above, aboveOffset + second + 2);
    FloatVector older0 = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    FloatVector older1 = y2.fma(w02, y1.fma(w01, y0.fma(w00, start)));
    int at = sourceOffset;
    x0 = FloatVector.fromArray(SPECIES, source, at);
    x1 = FloatVector.fromArray(SPECIES, source, at + 1);
    x2 = FloatVector.fromArray(SPECIES, source, at + 2);
    y0 = FloatVector.fromArray(SPECIES, source, at + second);
    y1 = FloatVector.fromArray(SPECIES, source, at + second + 1);
    y2 = FloatVector.fromArray(SPECIES, source, at + second + 2);
    older0 = x2.fma(w12, x1.fma(w11, x0.fma(w10, older0)));
    older1 = y2.fma(w12, y1.fma(w11, y0.fma(w10, older1)));
    FloatVector newer0 = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    FloatVector newer1 = y2.fma(w02, y1.fma(w01, y0.fma(w00, start)));
    int whole = LoopStrip.whole(rows);
    int to = targetOffset;
    for (int r = 1; r < whole; r++) {
      at += sourcePitch;
      x0 = FloatVector.fromArray(SPECIES, source, at);
      x1 = FloatVector.fromArray(SPECIES, source, at + 1);
      x2 = FloatVector.fromArray(SPECIES, source, at + 2);
      y0 = FloatVector.fromArray(SPECIES, source, at + second);
      y1 = FloatVector.fromArray(SPECIES, source, at + second + 1);
      y2 = FloatVector.fromArray(SPECIES, source, at + second + 2);
      x2.fma(w22, x1.fma(w21, x0.fma(w20, older0))).intoArray(target, to);
      y2.fma(w22, y1.fma(w21, y0.fma(w20, older1))).intoArray(target, to + second);
      to += targetPitch;
      older0 = x2.fma(w12, x1.fma(w11, x0.fma(w10, newer0)));
      older1 = y2.fma(w12, y1.fma(w11, y0.fma(w10, newer1)));
      newer0 = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
      newer1 = y2.fma(w02, y1.fma(w01, y0.fma(w00, start)));
    }
    x0 = FloatVector.fromArray(SPECIES, below, belowOffset);
    x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 1);
    x2 = FloatVector.fromArray(SPECIES, below, belowOffset + 2);
    y0 = FloatVector.fromArray(SPECIES, below, belowOffset + second);
    y1 = FloatVector.fromArray(SPECIES, below, belowOffset + second + 1);
    y2 = FloatVector.fromArray(SPECIES, below, belowOffset + second + 2);
    x2.fma(w22, x1.fma(w21, x0.fma(w20, older0))).intoArray(target, to);
    y2.fma(w22, y1.fma(w21, y0.fma(w20, older1))).intoArray(target, to + second);
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
      int second,
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
    FloatVector x2 = FloatVector.fromArray(SPECIES, above, aboveOffset + 2);
    FloatVector y0 = FloatVector.fromArray(SPECIES, above, aboveOffset + second);
    FloatVector y1 = FloatVector.fromArray(SPECIES, above, aboveOffset + second + 1);
    FloatVector y2 =
        zero.blend(FloatVector.fromArray(SPECIES, above, aboveOffset + second + 2), rightInside);
    FloatVector older0 = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    FloatVector older1 = y2.fma(w02, y1.fma(w01, y0.fma(w00, start)));
    int at = sourceOffset;
    x0 = zero.blend(FloatVector.fromArray(SPECIES, source, at), leftInside);
    x1 = FloatVector.fromArray(SPECIES, source, at + 1);
    x2 = FloatVector.fromArray(SPECIES, source, at + 2);
    y0 = FloatVector.fromArray(SPECIES, source, at + second);
    y1 = FloatVector.fromArray(SPECIES, source, at + second + 1);
    y2 = zero.blend(FloatVector.fromArray(SPECIES, source, at + second + 2), rightInside);
    older0 = x2.fma(w12, x1.fma(w11, x0.fma(w10, older0)));
    older1 = y2.fma(w12, y1.fma(w11, y0.fma(w10, older1)));
    FloatVector newer0 = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
    FloatVector newer1 = y2.fma(w02, y1.fma(w01, y0.fma(w00, start)));
    int whole = LoopStrip.whole(rows);
    int to = targetOffset;
    for (int r = 1; r < whole; r++) {
      at += sourcePitch;
      x0 = zero.blend(FloatVector.fromArray(SPECIES, source, at), leftInside);
      x1 = FloatVector.fromArray(SPECIES, source, at + 1);
      x2 = FloatVector.fromArray(SPECIES, source, at + 2);
      y0 = FloatVector.fromArray(SPECIES, source, at + second);
      y1 = FloatVector.fromArray(SPECIES, source, at + second + 1);
      y2 = zero.blend(FloatVector.fromArray(SPECIES, source, at + second + 2), rightInside);
      x2.fma(w22, x1.fma(w21, x0.fma(w20, older0))).intoArray(target, to);
      y2.fma(w22, y1.fma(w21, y0.fma(w20, older1))).intoArray(target, to + second);
      to += targetPitch;
      older0 = x2.fma(w12, x1.fma(w11, x0.fma(w10, newer0)));
      older1 = y2.fma(w12, y1.fma(w11, y0.fma(w10, newer1)));
      newer0 = x2.fma(w02, x1.fma(w01, x0.fma(w00, start)));
      newer1 = y2.fma(w02, y1.fma(w01, y0.fma(w00, start)));
    }
    x0 = zero.blend(FloatVector.fromArray(SPECIES, below, belowOffset), leftInside);
    x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 1);
    x2 = FloatVector.fromArray(SPECIES, below, belowOffset + 2);
    y0 = FloatVector.fromArray(SPECIES, below, belowOffset + second);
    y1 = FloatVector.fromArray(SPECIES, below, belowOffset + second + 1);
    y2 = zero.blend(FloatVector.fromArray(SPECIES, below, belowOffset + second + 2), rightInside);
    x2.fma(w22, x1.fma(w21, x0.fma(w20, older0))).intoArray(target, to);
    y2.fma(w22, y1.fma(w21, y0.fma(w20, older1))).intoArray(target, to + second);
  }
}

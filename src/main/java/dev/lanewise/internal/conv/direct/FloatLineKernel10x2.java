// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoadOrder;
import dev.lanewise.internal.simd.LoopStrip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatLineKernel} for 32 registers: 10·2 accumulators + 3·2 vectors of weights + a
 * broadcast = 27.
 */
final class FloatLineKernel10x2 implements FloatLineKernel {
  private static final int RUN = 10;
  private static final int NR = 2 * LENGTH;

  private static final LineForm FORM = LineForm.of(MethodHandles.lookup());
  private static final int TAPS = FORM.taps();
  private static final int STRIDE = FORM.stride();
  private static final int SPREAD = FORM.spread();
  private static final int STEP = FORM.step();

  @Override
  public int run() {
    return RUN;
  }

  @Override
  public int lanes() {
    return NR;
  }

  @Override
  public LineForm form() {
    return FORM;
  }

  @Override
  public void accumulate(
      int steps,
      float[] lines,
      int first,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int to,
      int pixelStep) {
    // One zero for all, for C1's sake.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector acc0_0 = zero;
    FloatVector acc0_1 = zero;
    FloatVector acc1_0 = zero;
    FloatVector acc1_1 = zero;
    FloatVector acc2_0 = zero;
    FloatVector acc2_1 = zero;
    FloatVector acc3_0 = zero;
    FloatVector acc3_1 = zero;
    FloatVector acc4_0 = zero;
    FloatVector acc4_1 = zero;
    FloatVector acc5_0 = zero;
    FloatVector acc5_1 = zero;
    FloatVector acc6_0 = zero;
    FloatVector acc6_1 = zero;
    FloatVector acc7_0 = zero;
    FloatVector acc7_1 = zero;
    FloatVector acc8_0 = zero;
    FloatVector acc8_1 = zero;
    FloatVector acc9_0 = zero;
    FloatVector acc9_1 = zero;
    int whole = LoopStrip.whole(steps);
    for (int p = 0; p < whole; p++) {
      int w = weightOffset + p * (TAPS * NR);
      int x = first + p * STEP;
      FloatVector w0_0 = FloatVector.fromArray(SPECIES, weight, w);
      FloatVector w0_1 = FloatVector.fromArray(SPECIES, weight, w + LENGTH);
      FloatVector w1_0 = FloatVector.fromArray(SPECIES, weight, w + 2 * LENGTH);
      FloatVector w1_1 = FloatVector.fromArray(SPECIES, weight, w + 3 * LENGTH);
      FloatVector w2_0 = TAPS < 3 ? zero : FloatVector.fromArray(SPECIES, weight, w + 4 * LENGTH);
      FloatVector w2_1 = TAPS < 3 ? zero : FloatVector.fromArray(SPECIES, weight, w + 5 * LENGTH);
      LoadOrder.keep();
      FloatVector b0_0 = FloatVector.broadcast(SPECIES, lines[x]);
      acc0_0 = b0_0.fma(w0_0, acc0_0);
      acc0_1 = b0_0.fma(w0_1, acc0_1);
      FloatVector b0_1 = FloatVector.broadcast(SPECIES, lines[x + SPREAD]);
      acc0_0 = b0_1.fma(w1_0, acc0_0);
      acc0_1 = b0_1.fma(w1_1, acc0_1);
      if (TAPS == 3) {
        FloatVector b0_2 = FloatVector.broadcast(SPECIES, lines[x + 2 * SPREAD]);
        acc0_0 = b0_2.fma(w2_0, acc0_0);
        acc0_1 = b0_2.fma(w2_1, acc0_1);
      }
      FloatVector b1_0 = FloatVector.broadcast(SPECIES, lines[x + STRIDE]);
      acc1_0 = b1_0.fma(w0_0, acc1_0);
      acc1_1 = b1_0.fma(w0_1, acc1_1);
      FloatVector b1_1 = FloatVector.broadcast(SPECIES, lines[x + STRIDE + SPREAD]);
      acc1_0 = b1_1.fma(w1_0, acc1_0);
      acc1_1 = b1_1.fma(w1_1, acc1_1);
      if (TAPS == 3) {
        FloatVector b1_2 = FloatVector.broadcast(SPECIES, lines[x + STRIDE + 2 * SPREAD]);
        acc1_0 = b1_2.fma(w2_0, acc1_0);
        acc1_1 = b1_2.fma(w2_1, acc1_1);
      }
      FloatVector b2_0 = FloatVector.broadcast(SPECIES, lines[x + 2 * STRIDE]);
      acc2_0 = b2_0.fma(w0_0, acc2_0);
      acc2_1 = b2_0.fma(w0_1, acc2_1);
      FloatVector b2_1 = FloatVector.broadcast(SPECIES, lines[x + 2 * STRIDE + SPREAD]);
      acc2_0 = b2_1.fma(w1_0, acc2_0);
      acc2_1 = b2_1.fma(w1_1, acc2_1);
      if (TAPS == 3) {
        FloatVector b2_2 = FloatVector.broadcast(SPECIES, lines[x + 2 * STRIDE + 2 * SPREAD]);
        acc2_0 = b2_2.fma(w2_0, acc2_0);
        acc2_1 = b2_2.fma(w2_1, acc2_1);
      }
      FloatVector b3_0 = FloatVector.broadcast(SPECIES, lines[x + 3 * STRIDE]);
      acc3_0 = b3_0.fma(w0_0, acc3_0);
      acc3_1 = b3_0.fma(w0_1, acc3_1);
      FloatVector b3_1 = FloatVector.broadcast(SPECIES, lines[x + 3 * STRIDE + SPREAD]);
      acc3_0 = b3_1.fma(w1_0, acc3_0);
      acc3_1 = b3_1.fma(w1_1, acc3_1);
      if (TAPS == 3) {
        FloatVector b3_2 = FloatVector.broadcast(SPECIES, lines[x + 3 * STRIDE + 2 * SPREAD]);
        acc3_0 = b3_2.fma(w2_0, acc3_0);
        acc3_1 = b3_2.fma(w2_1, acc3_1);
      }
      FloatVector b4_0 = FloatVector.broadcast(SPECIES, lines[x + 4 * STRIDE]);
      acc4_0 = b4_0.fma(w0_0, acc4_0);
      acc4_1 = b4_0.fma(w0_1, acc4_1);
      FloatVector b4_1 = FloatVector.broadcast(SPECIES, lines[x + 4 * STRIDE + SPREAD]);
      acc4_0 = b4_1.fma(w1_0, acc4_0);
      acc4_1 = b4_1.fma(w1_1, acc4_1);
      if (TAPS == 3) {
        FloatVector b4_2 = FloatVector.broadcast(SPECIES, lines[x + 4 * STRIDE + 2 * SPREAD]);
        acc4_0 = b4_2.fma(w2_0, acc4_0);
        acc4_1 = b4_2.fma(w2_1, acc4_1);
      }
      FloatVector b5_0 = FloatVector.broadcast(SPECIES, lines[x + 5 * STRIDE]);
      acc5_0 = b5_0.fma(w0_0, acc5_0);
      acc5_1 = b5_0.fma(w0_1, acc5_1);
      FloatVector b5_1 = FloatVector.broadcast(SPECIES, lines[x + 5 * STRIDE + SPREAD]);
      acc5_0 = b5_1.fma(w1_0, acc5_0);
      acc5_1 = b5_1.fma(w1_1, acc5_1);
      if (TAPS == 3) {
        FloatVector b5_2 = FloatVector.broadcast(SPECIES, lines[x + 5 * STRIDE + 2 * SPREAD]);
        acc5_0 = b5_2.fma(w2_0, acc5_0);
        acc5_1 = b5_2.fma(w2_1, acc5_1);
      }
      FloatVector b6_0 = FloatVector.broadcast(SPECIES, lines[x + 6 * STRIDE]);
      acc6_0 = b6_0.fma(w0_0, acc6_0);
      acc6_1 = b6_0.fma(w0_1, acc6_1);
      FloatVector b6_1 = FloatVector.broadcast(SPECIES, lines[x + 6 * STRIDE + SPREAD]);
      acc6_0 = b6_1.fma(w1_0, acc6_0);
      acc6_1 = b6_1.fma(w1_1, acc6_1);
      if (TAPS == 3) {
        FloatVector b6_2 = FloatVector.broadcast(SPECIES, lines[x + 6 * STRIDE + 2 * SPREAD]);
        acc6_0 = b6_2.fma(w2_0, acc6_0);
        acc6_1 = b6_2.fma(w2_1, acc6_1);
      }
      FloatVector b7_0 = FloatVector.broadcast(SPECIES, lines[x + 7 * STRIDE]);
      acc7_0 = b7_0.fma(w0_0, acc7_0);
      acc7_1 = b7_0.fma(w0_1, acc7_1);
      FloatVector b7_1 = FloatVector.broadcast(SPECIES, lines[x + 7 * STRIDE + SPREAD]);
      acc7_0 = b7_1.fma(w1_0, acc7_0);
      acc7_1 = b7_1.fma(w1_1, acc7_1);
      if (TAPS == 3) {
        FloatVector b7_2 = FloatVector.broadcast(SPECIES, lines[x + 7 * STRIDE + 2 * SPREAD]);
        acc7_0 = b7_2.fma(w2_0, acc7_0);
        acc7_1 = b7_2.fma(w2_1, acc7_1);
      }
      FloatVector b8_0 = FloatVector.broadcast(SPECIES, lines[x + 8 * STRIDE]);
      acc8_0 = b8_0.fma(w0_0, acc8_0);
      acc8_1 = b8_0.fma(w0_1, acc8_1);
      FloatVector b8_1 = FloatVector.broadcast(SPECIES, lines[x + 8 * STRIDE + SPREAD]);
      acc8_0 = b8_1.fma(w1_0, acc8_0);
      acc8_1 = b8_1.fma(w1_1, acc8_1);
      if (TAPS == 3) {
        FloatVector b8_2 = FloatVector.broadcast(SPECIES, lines[x + 8 * STRIDE + 2 * SPREAD]);
        acc8_0 = b8_2.fma(w2_0, acc8_0);
        acc8_1 = b8_2.fma(w2_1, acc8_1);
      }
      FloatVector b9_0 = FloatVector.broadcast(SPECIES, lines[x + 9 * STRIDE]);
      acc9_0 = b9_0.fma(w0_0, acc9_0);
      acc9_1 = b9_0.fma(w0_1, acc9_1);
      FloatVector b9_1 = FloatVector.broadcast(SPECIES, lines[x + 9 * STRIDE + SPREAD]);
      acc9_0 = b9_1.fma(w1_0, acc9_0);
      acc9_1 = b9_1.fma(w1_1, acc9_1);
      if (TAPS == 3) {
        FloatVector b9_2 = FloatVector.broadcast(SPECIES, lines[x + 9 * STRIDE + 2 * SPREAD]);
        acc9_0 = b9_2.fma(w2_0, acc9_0);
        acc9_1 = b9_2.fma(w2_1, acc9_1);
      }
    }
    int fromStep = initial < 0 ? pixelStep : 0;
    int from = initial < 0 ? to : initial;
    int at = to;
    acc0_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc0_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc1_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc1_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc2_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc2_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc3_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc3_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc4_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc4_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc5_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc5_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc6_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc6_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc7_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc7_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc8_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc8_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
    from += fromStep;
    at += pixelStep;
    acc9_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at);
    acc9_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at + LENGTH);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatLineKernel} for 32 registers: 7·2 accumulators + 3·2 vectors of weights + a broadcast
 * = 21.
 */
final class FloatLineKernel7x2 implements FloatLineKernel {
  private static final int RUN = 7;
  private static final int NR = 2 * LENGTH;

  @Override
  public int run() {
    return RUN;
  }

  @Override
  public int lanes() {
    return NR;
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
      int to) {
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
    int whole = LoopStrip.whole(steps);
    for (int p = 0; p < whole; p++) {
      int w = weightOffset + p * TAPS * NR;
      int x = first + p * LINE;
      FloatVector w0_0 = FloatVector.fromArray(SPECIES, weight, w);
      FloatVector w0_1 = FloatVector.fromArray(SPECIES, weight, w + LENGTH);
      FloatVector w1_0 = FloatVector.fromArray(SPECIES, weight, w + 2 * LENGTH);
      FloatVector w1_1 = FloatVector.fromArray(SPECIES, weight, w + 3 * LENGTH);
      FloatVector w2_0 = FloatVector.fromArray(SPECIES, weight, w + 4 * LENGTH);
      FloatVector w2_1 = FloatVector.fromArray(SPECIES, weight, w + 5 * LENGTH);
      FloatVector b0 = FloatVector.broadcast(SPECIES, lines[x]);
      acc0_0 = b0.fma(w0_0, acc0_0);
      acc0_1 = b0.fma(w0_1, acc0_1);
      FloatVector b1 = FloatVector.broadcast(SPECIES, lines[x + 1]);
      acc0_0 = b1.fma(w1_0, acc0_0);
      acc0_1 = b1.fma(w1_1, acc0_1);
      acc1_0 = b1.fma(w0_0, acc1_0);
      acc1_1 = b1.fma(w0_1, acc1_1);
      FloatVector b2 = FloatVector.broadcast(SPECIES, lines[x + 2]);
      acc0_0 = b2.fma(w2_0, acc0_0);
      acc0_1 = b2.fma(w2_1, acc0_1);
      acc1_0 = b2.fma(w1_0, acc1_0);
      acc1_1 = b2.fma(w1_1, acc1_1);
      acc2_0 = b2.fma(w0_0, acc2_0);
      acc2_1 = b2.fma(w0_1, acc2_1);
      FloatVector b3 = FloatVector.broadcast(SPECIES, lines[x + 3]);
      acc1_0 = b3.fma(w2_0, acc1_0);
      acc1_1 = b3.fma(w2_1, acc1_1);
      acc2_0 = b3.fma(w1_0, acc2_0);
      acc2_1 = b3.fma(w1_1, acc2_1);
      acc3_0 = b3.fma(w0_0, acc3_0);
      acc3_1 = b3.fma(w0_1, acc3_1);
      FloatVector b4 = FloatVector.broadcast(SPECIES, lines[x + 4]);
      acc2_0 = b4.fma(w2_0, acc2_0);
      acc2_1 = b4.fma(w2_1, acc2_1);
      acc3_0 = b4.fma(w1_0, acc3_0);
      acc3_1 = b4.fma(w1_1, acc3_1);
      acc4_0 = b4.fma(w0_0, acc4_0);
      acc4_1 = b4.fma(w0_1, acc4_1);
      FloatVector b5 = FloatVector.broadcast(SPECIES, lines[x + 5]);
      acc3_0 = b5.fma(w2_0, acc3_0);
      acc3_1 = b5.fma(w2_1, acc3_1);
      acc4_0 = b5.fma(w1_0, acc4_0);
      acc4_1 = b5.fma(w1_1, acc4_1);
      acc5_0 = b5.fma(w0_0, acc5_0);
      acc5_1 = b5.fma(w0_1, acc5_1);
      FloatVector b6 = FloatVector.broadcast(SPECIES, lines[x + 6]);
      acc4_0 = b6.fma(w2_0, acc4_0);
      acc4_1 = b6.fma(w2_1, acc4_1);
      acc5_0 = b6.fma(w1_0, acc5_0);
      acc5_1 = b6.fma(w1_1, acc5_1);
      acc6_0 = b6.fma(w0_0, acc6_0);
      acc6_1 = b6.fma(w0_1, acc6_1);
      FloatVector b7 = FloatVector.broadcast(SPECIES, lines[x + 7]);
      acc5_0 = b7.fma(w2_0, acc5_0);
      acc5_1 = b7.fma(w2_1, acc5_1);
      acc6_0 = b7.fma(w1_0, acc6_0);
      acc6_1 = b7.fma(w1_1, acc6_1);
      FloatVector b8 = FloatVector.broadcast(SPECIES, lines[x + 8]);
      acc6_0 = b8.fma(w2_0, acc6_0);
      acc6_1 = b8.fma(w2_1, acc6_1);
    }
    int fromStep = initial < 0 ? NR : 0;
    int from = initial < 0 ? to : initial;
    acc0_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to);
    acc0_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, to + LENGTH);
    from += fromStep;
    acc1_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to + NR);
    acc1_1
        .add(FloatVector.fromArray(SPECIES, sums, from + LENGTH))
        .intoArray(sums, to + NR + LENGTH);
    from += fromStep;
    acc2_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to + 2 * NR);
    acc2_1
        .add(FloatVector.fromArray(SPECIES, sums, from + LENGTH))
        .intoArray(sums, to + 2 * NR + LENGTH);
    from += fromStep;
    acc3_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to + 3 * NR);
    acc3_1
        .add(FloatVector.fromArray(SPECIES, sums, from + LENGTH))
        .intoArray(sums, to + 3 * NR + LENGTH);
    from += fromStep;
    acc4_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to + 4 * NR);
    acc4_1
        .add(FloatVector.fromArray(SPECIES, sums, from + LENGTH))
        .intoArray(sums, to + 4 * NR + LENGTH);
    from += fromStep;
    acc5_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to + 5 * NR);
    acc5_1
        .add(FloatVector.fromArray(SPECIES, sums, from + LENGTH))
        .intoArray(sums, to + 5 * NR + LENGTH);
    from += fromStep;
    acc6_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to + 6 * NR);
    acc6_1
        .add(FloatVector.fromArray(SPECIES, sums, from + LENGTH))
        .intoArray(sums, to + 6 * NR + LENGTH);
  }
}

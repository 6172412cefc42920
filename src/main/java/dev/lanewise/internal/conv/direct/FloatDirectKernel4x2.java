// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatDirectKernel} for 16 registers: twice 2 pixels by 2 vectors, also for runs left
 * alone.
 */
final class FloatDirectKernel4x2 implements FloatDirectKernel {
  private static final int RUN = 2;
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
      int taps,
      int[] offsets,
      int offset,
      float[] image,
      int first,
      int second,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int toFirst,
      int toSecond,
      int step,
      int skip,
      int spare) {
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
    // Counts through the table: one index less for each tap. Instructions are what bounds it.
    int firstWeight = weightOffset - offset * NR;
    for (int p = offset; p < offset + taps; p++) {
      int tap = offsets[p];
      int x = first + tap;
      int y = second + tap;
      FloatVector w0 = FloatVector.fromArray(SPECIES, weight, firstWeight + p * NR);
      FloatVector w1 = FloatVector.fromArray(SPECIES, weight, firstWeight + p * NR + LENGTH);
      FloatVector b0 = FloatVector.broadcast(SPECIES, image[x]);
      acc0_0 = b0.fma(w0, acc0_0);
      acc0_1 = b0.fma(w1, acc0_1);
      FloatVector b1 = FloatVector.broadcast(SPECIES, image[x + 1]);
      acc1_0 = b1.fma(w0, acc1_0);
      acc1_1 = b1.fma(w1, acc1_1);
      FloatVector b2 = FloatVector.broadcast(SPECIES, image[y]);
      acc2_0 = b2.fma(w0, acc2_0);
      acc2_1 = b2.fma(w1, acc2_1);
      FloatVector b3 = FloatVector.broadcast(SPECIES, image[y + 1]);
      acc3_0 = b3.fma(w0, acc3_0);
      acc3_1 = b3.fma(w1, acc3_1);
    }
    boolean adds = initial < 0;
    int fromStep = adds ? step : 0;
    int from = adds ? toFirst : initial;
    int to = toFirst;
    acc0_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to);
    acc0_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, to + LENGTH);
    from += fromStep;
    to += step;
    acc1_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, to);
    acc1_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, to + LENGTH);
    from = adds ? toSecond : initial;
    to = toSecond;
    int at0 = skip > 0 ? spare : to;
    acc2_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at0);
    acc2_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at0 + LENGTH);
    from += fromStep;
    to += step;
    int at1 = skip > 1 ? spare : to;
    acc3_0.add(FloatVector.fromArray(SPECIES, sums, from)).intoArray(sums, at1);
    acc3_1.add(FloatVector.fromArray(SPECIES, sums, from + LENGTH)).intoArray(sums, at1 + LENGTH);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatMicrokernel} for 32 registers: 8·2 accumulators + 8 broadcasts + 2 vectors of B = 26.
 */
public final class FloatMicrokernel8x2 implements FloatMicrokernel {
  private static final int MR = 8;
  private static final int NR = 2 * LENGTH;

  @Override
  public int rows() {
    return MR;
  }

  @Override
  public int columns() {
    return NR;
  }

  @Override
  public void accumulate(
      int kc, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int ldc) {
    // One zero for all: 16 calls of zero() are what makes C1 run out of registers.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector acc00 = zero;
    FloatVector acc01 = zero;
    FloatVector acc10 = zero;
    FloatVector acc11 = zero;
    FloatVector acc20 = zero;
    FloatVector acc21 = zero;
    FloatVector acc30 = zero;
    FloatVector acc31 = zero;
    FloatVector acc40 = zero;
    FloatVector acc41 = zero;
    FloatVector acc50 = zero;
    FloatVector acc51 = zero;
    FloatVector acc60 = zero;
    FloatVector acc61 = zero;
    FloatVector acc70 = zero;
    FloatVector acc71 = zero;
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR + LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR]);
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR + 1]);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR + 2]);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR + 3]);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR + 4]);
      acc40 = a4.fma(b0, acc40);
      acc41 = a4.fma(b1, acc41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR + 5]);
      acc50 = a5.fma(b0, acc50);
      acc51 = a5.fma(b1, acc51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR + 6]);
      acc60 = a6.fma(b0, acc60);
      acc61 = a6.fma(b1, acc61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[aOffset + p * MR + 7]);
      acc70 = a7.fma(b0, acc70);
      acc71 = a7.fma(b1, acc71);
    }
    // Written out: a helper that C2 does not inline would box every accumulator.
    FloatVector.fromArray(SPECIES, c, cOffset).add(acc00).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, c, cOffset + LENGTH).add(acc01).intoArray(c, cOffset + LENGTH);
    int row1 = cOffset + ldc;
    FloatVector.fromArray(SPECIES, c, row1).add(acc10).intoArray(c, row1);
    FloatVector.fromArray(SPECIES, c, row1 + LENGTH).add(acc11).intoArray(c, row1 + LENGTH);
    int row2 = row1 + ldc;
    FloatVector.fromArray(SPECIES, c, row2).add(acc20).intoArray(c, row2);
    FloatVector.fromArray(SPECIES, c, row2 + LENGTH).add(acc21).intoArray(c, row2 + LENGTH);
    int row3 = row2 + ldc;
    FloatVector.fromArray(SPECIES, c, row3).add(acc30).intoArray(c, row3);
    FloatVector.fromArray(SPECIES, c, row3 + LENGTH).add(acc31).intoArray(c, row3 + LENGTH);
    int row4 = row3 + ldc;
    FloatVector.fromArray(SPECIES, c, row4).add(acc40).intoArray(c, row4);
    FloatVector.fromArray(SPECIES, c, row4 + LENGTH).add(acc41).intoArray(c, row4 + LENGTH);
    int row5 = row4 + ldc;
    FloatVector.fromArray(SPECIES, c, row5).add(acc50).intoArray(c, row5);
    FloatVector.fromArray(SPECIES, c, row5 + LENGTH).add(acc51).intoArray(c, row5 + LENGTH);
    int row6 = row5 + ldc;
    FloatVector.fromArray(SPECIES, c, row6).add(acc60).intoArray(c, row6);
    FloatVector.fromArray(SPECIES, c, row6 + LENGTH).add(acc61).intoArray(c, row6 + LENGTH);
    int row7 = row6 + ldc;
    FloatVector.fromArray(SPECIES, c, row7).add(acc70).intoArray(c, row7);
    FloatVector.fromArray(SPECIES, c, row7 + LENGTH).add(acc71).intoArray(c, row7 + LENGTH);
  }
}

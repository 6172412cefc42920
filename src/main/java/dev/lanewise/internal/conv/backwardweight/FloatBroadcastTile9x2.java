// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatBroadcastTile} for 32 registers and filters by two vectors: 9·2 accumulators + 9 + 2.
 */
final class FloatBroadcastTile9x2 implements FloatBroadcastTile {
  private static final int MR = 9;
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
      int count,
      float[] a,
      int aOffset,
      int[] aAt,
      int aIndex,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset) {
    int a0At = aOffset + aAt[aIndex];
    int a1At = aOffset + aAt[aIndex + 1];
    int a2At = aOffset + aAt[aIndex + 2];
    int a3At = aOffset + aAt[aIndex + 3];
    int a4At = aOffset + aAt[aIndex + 4];
    int a5At = aOffset + aAt[aIndex + 5];
    int a6At = aOffset + aAt[aIndex + 6];
    int a7At = aOffset + aAt[aIndex + 7];
    int a8At = aOffset + aAt[aIndex + 8];
    // One zero for all, for C1's sake.
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
    FloatVector acc80 = zero;
    FloatVector acc81 = zero;
    for (int p = 0; p < count; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR + LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[a0At + p]);
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[a1At + p]);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[a2At + p]);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[a3At + p]);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[a4At + p]);
      acc40 = a4.fma(b0, acc40);
      acc41 = a4.fma(b1, acc41);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[a5At + p]);
      acc50 = a5.fma(b0, acc50);
      acc51 = a5.fma(b1, acc51);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[a6At + p]);
      acc60 = a6.fma(b0, acc60);
      acc61 = a6.fma(b1, acc61);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[a7At + p]);
      acc70 = a7.fma(b0, acc70);
      acc71 = a7.fma(b1, acc71);
      FloatVector a8 = FloatVector.broadcast(SPECIES, a[a8At + p]);
      acc80 = a8.fma(b0, acc80);
      acc81 = a8.fma(b1, acc81);
    }
    // Written out: a helper that C2 does not inline would box every accumulator.
    FloatVector.fromArray(SPECIES, c, cOffset).add(acc00).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, c, cOffset + LENGTH).add(acc01).intoArray(c, cOffset + LENGTH);
    int row1 = cOffset + NR;
    FloatVector.fromArray(SPECIES, c, row1).add(acc10).intoArray(c, row1);
    FloatVector.fromArray(SPECIES, c, row1 + LENGTH).add(acc11).intoArray(c, row1 + LENGTH);
    int row2 = row1 + NR;
    FloatVector.fromArray(SPECIES, c, row2).add(acc20).intoArray(c, row2);
    FloatVector.fromArray(SPECIES, c, row2 + LENGTH).add(acc21).intoArray(c, row2 + LENGTH);
    int row3 = row2 + NR;
    FloatVector.fromArray(SPECIES, c, row3).add(acc30).intoArray(c, row3);
    FloatVector.fromArray(SPECIES, c, row3 + LENGTH).add(acc31).intoArray(c, row3 + LENGTH);
    int row4 = row3 + NR;
    FloatVector.fromArray(SPECIES, c, row4).add(acc40).intoArray(c, row4);
    FloatVector.fromArray(SPECIES, c, row4 + LENGTH).add(acc41).intoArray(c, row4 + LENGTH);
    int row5 = row4 + NR;
    FloatVector.fromArray(SPECIES, c, row5).add(acc50).intoArray(c, row5);
    FloatVector.fromArray(SPECIES, c, row5 + LENGTH).add(acc51).intoArray(c, row5 + LENGTH);
    int row6 = row5 + NR;
    FloatVector.fromArray(SPECIES, c, row6).add(acc60).intoArray(c, row6);
    FloatVector.fromArray(SPECIES, c, row6 + LENGTH).add(acc61).intoArray(c, row6 + LENGTH);
    int row7 = row6 + NR;
    FloatVector.fromArray(SPECIES, c, row7).add(acc70).intoArray(c, row7);
    FloatVector.fromArray(SPECIES, c, row7 + LENGTH).add(acc71).intoArray(c, row7 + LENGTH);
    int row8 = row7 + NR;
    FloatVector.fromArray(SPECIES, c, row8).add(acc80).intoArray(c, row8);
    FloatVector.fromArray(SPECIES, c, row8 + LENGTH).add(acc81).intoArray(c, row8 + LENGTH);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatBroadcastTile} for 32 registers and filters by four vectors: 6·4 accumulators + 4
 * vectors + broadcasts that C2 (JDK 25) does not hoist.
 */
final class FloatBroadcastTile6x4 implements FloatBroadcastTile {
  private static final int MR = 6;
  private static final int NR = 4 * LENGTH;

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
    // One zero for all, for C1's sake.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector acc00 = zero;
    FloatVector acc01 = zero;
    FloatVector acc02 = zero;
    FloatVector acc03 = zero;
    FloatVector acc10 = zero;
    FloatVector acc11 = zero;
    FloatVector acc12 = zero;
    FloatVector acc13 = zero;
    FloatVector acc20 = zero;
    FloatVector acc21 = zero;
    FloatVector acc22 = zero;
    FloatVector acc23 = zero;
    FloatVector acc30 = zero;
    FloatVector acc31 = zero;
    FloatVector acc32 = zero;
    FloatVector acc33 = zero;
    FloatVector acc40 = zero;
    FloatVector acc41 = zero;
    FloatVector acc42 = zero;
    FloatVector acc43 = zero;
    FloatVector acc50 = zero;
    FloatVector acc51 = zero;
    FloatVector acc52 = zero;
    FloatVector acc53 = zero;
    for (int p = 0; p < count; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR + LENGTH);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR + 2 * LENGTH);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR + 3 * LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[a0At + p]);
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[a1At + p]);
      acc10 = a1.fma(b0, acc10);
      acc11 = a1.fma(b1, acc11);
      acc12 = a1.fma(b2, acc12);
      acc13 = a1.fma(b3, acc13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[a2At + p]);
      acc20 = a2.fma(b0, acc20);
      acc21 = a2.fma(b1, acc21);
      acc22 = a2.fma(b2, acc22);
      acc23 = a2.fma(b3, acc23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[a3At + p]);
      acc30 = a3.fma(b0, acc30);
      acc31 = a3.fma(b1, acc31);
      acc32 = a3.fma(b2, acc32);
      acc33 = a3.fma(b3, acc33);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[a4At + p]);
      acc40 = a4.fma(b0, acc40);
      acc41 = a4.fma(b1, acc41);
      acc42 = a4.fma(b2, acc42);
      acc43 = a4.fma(b3, acc43);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[a5At + p]);
      acc50 = a5.fma(b0, acc50);
      acc51 = a5.fma(b1, acc51);
      acc52 = a5.fma(b2, acc52);
      acc53 = a5.fma(b3, acc53);
    }
    // Written out: a helper that C2 does not inline would box every accumulator.
    FloatVector.fromArray(SPECIES, c, cOffset).add(acc00).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, c, cOffset + LENGTH).add(acc01).intoArray(c, cOffset + LENGTH);
    FloatVector.fromArray(SPECIES, c, cOffset + 2 * LENGTH)
        .add(acc02)
        .intoArray(c, cOffset + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, c, cOffset + 3 * LENGTH)
        .add(acc03)
        .intoArray(c, cOffset + 3 * LENGTH);
    int row1 = cOffset + NR;
    FloatVector.fromArray(SPECIES, c, row1).add(acc10).intoArray(c, row1);
    FloatVector.fromArray(SPECIES, c, row1 + LENGTH).add(acc11).intoArray(c, row1 + LENGTH);
    FloatVector.fromArray(SPECIES, c, row1 + 2 * LENGTH).add(acc12).intoArray(c, row1 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, c, row1 + 3 * LENGTH).add(acc13).intoArray(c, row1 + 3 * LENGTH);
    int row2 = row1 + NR;
    FloatVector.fromArray(SPECIES, c, row2).add(acc20).intoArray(c, row2);
    FloatVector.fromArray(SPECIES, c, row2 + LENGTH).add(acc21).intoArray(c, row2 + LENGTH);
    FloatVector.fromArray(SPECIES, c, row2 + 2 * LENGTH).add(acc22).intoArray(c, row2 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, c, row2 + 3 * LENGTH).add(acc23).intoArray(c, row2 + 3 * LENGTH);
    int row3 = row2 + NR;
    FloatVector.fromArray(SPECIES, c, row3).add(acc30).intoArray(c, row3);
    FloatVector.fromArray(SPECIES, c, row3 + LENGTH).add(acc31).intoArray(c, row3 + LENGTH);
    FloatVector.fromArray(SPECIES, c, row3 + 2 * LENGTH).add(acc32).intoArray(c, row3 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, c, row3 + 3 * LENGTH).add(acc33).intoArray(c, row3 + 3 * LENGTH);
    int row4 = row3 + NR;
    FloatVector.fromArray(SPECIES, c, row4).add(acc40).intoArray(c, row4);
    FloatVector.fromArray(SPECIES, c, row4 + LENGTH).add(acc41).intoArray(c, row4 + LENGTH);
    FloatVector.fromArray(SPECIES, c, row4 + 2 * LENGTH).add(acc42).intoArray(c, row4 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, c, row4 + 3 * LENGTH).add(acc43).intoArray(c, row4 + 3 * LENGTH);
    int row5 = row4 + NR;
    FloatVector.fromArray(SPECIES, c, row5).add(acc50).intoArray(c, row5);
    FloatVector.fromArray(SPECIES, c, row5 + LENGTH).add(acc51).intoArray(c, row5 + LENGTH);
    FloatVector.fromArray(SPECIES, c, row5 + 2 * LENGTH).add(acc52).intoArray(c, row5 + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, c, row5 + 3 * LENGTH).add(acc53).intoArray(c, row5 + 3 * LENGTH);
  }
}

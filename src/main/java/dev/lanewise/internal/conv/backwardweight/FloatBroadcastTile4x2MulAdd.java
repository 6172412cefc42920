// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatBroadcastTile4x2} for machines without fused multiply-add: product and sum round
 * apart.
 */
final class FloatBroadcastTile4x2MulAdd implements FloatBroadcastTile {
  private static final int MR = 4;
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
    for (int p = 0; p < count; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + p * NR + LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[a0At + p]);
      acc00 = a0.mul(b0).add(acc00);
      acc01 = a0.mul(b1).add(acc01);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[a1At + p]);
      acc10 = a1.mul(b0).add(acc10);
      acc11 = a1.mul(b1).add(acc11);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[a2At + p]);
      acc20 = a2.mul(b0).add(acc20);
      acc21 = a2.mul(b1).add(acc21);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[a3At + p]);
      acc30 = a3.mul(b0).add(acc30);
      acc31 = a3.mul(b1).add(acc31);
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
  }
}

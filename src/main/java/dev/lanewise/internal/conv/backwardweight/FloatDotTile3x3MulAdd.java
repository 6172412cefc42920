// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link FloatDotTile3x3} for machines without fused multiply-add: product and sum round apart. */
final class FloatDotTile3x3MulAdd implements FloatDotTile {
  private static final int MR = 3;
  private static final int NR = 3;

  /** LENGTH zeros, then LENGTH ones: a vector from index r on is one in its last r lanes. */
  private static final float[] LAST_LANES = FloatLastLanes.zerosThenOnes(LENGTH);

  @Override
  public int rows() {
    return MR;
  }

  @Override
  public int columns() {
    return NR;
  }

  @Override
  public int lanes() {
    return LENGTH;
  }

  @Override
  public void accumulate(
      int count,
      int rest,
      float[] a,
      int aOffset,
      int lda,
      int aRows,
      float[] b,
      int bOffset,
      int[] bAt,
      int bIndex,
      float[] c,
      int cOffset,
      int ldc) {
    int a0At = aOffset;
    int a1At = aOffset + Math.min(1, aRows - 1) * lda;
    int a2At = aOffset + Math.min(2, aRows - 1) * lda;
    int b0At = bOffset + bAt[bIndex];
    int b1At = bOffset + bAt[bIndex + 1];
    int b2At = bOffset + bAt[bIndex + 2];
    // The last vector overlaps the one before it; lanes that are not its own are zero in both
    // operands, so that an infinite element counts once.
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> own =
        FloatVector.fromArray(SPECIES, LAST_LANES, rest).compare(VectorOperators.NE, zero);
    int last = count * LENGTH + rest - LENGTH;
    FloatVector last0 = zero.blend(FloatVector.fromArray(SPECIES, b, b0At + last), own);
    FloatVector last1 = zero.blend(FloatVector.fromArray(SPECIES, b, b1At + last), own);
    FloatVector last2 = zero.blend(FloatVector.fromArray(SPECIES, b, b2At + last), own);
    FloatVector lastRow0 = zero.blend(FloatVector.fromArray(SPECIES, a, a0At + last), own);
    FloatVector acc00 = lastRow0.mul(last0);
    FloatVector acc01 = lastRow0.mul(last1);
    FloatVector acc02 = lastRow0.mul(last2);
    FloatVector lastRow1 = zero.blend(FloatVector.fromArray(SPECIES, a, a1At + last), own);
    FloatVector acc10 = lastRow1.mul(last0);
    FloatVector acc11 = lastRow1.mul(last1);
    FloatVector acc12 = lastRow1.mul(last2);
    FloatVector lastRow2 = zero.blend(FloatVector.fromArray(SPECIES, a, a2At + last), own);
    FloatVector acc20 = lastRow2.mul(last0);
    FloatVector acc21 = lastRow2.mul(last1);
    FloatVector acc22 = lastRow2.mul(last2);
    for (int p = 0; p < count; p++) {
      int at = p * LENGTH;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, b0At + at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, b1At + at);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, b2At + at);
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, a0At + at);
      acc00 = a0.mul(b0).add(acc00);
      acc01 = a0.mul(b1).add(acc01);
      acc02 = a0.mul(b2).add(acc02);
      FloatVector a1 = FloatVector.fromArray(SPECIES, a, a1At + at);
      acc10 = a1.mul(b0).add(acc10);
      acc11 = a1.mul(b1).add(acc11);
      acc12 = a1.mul(b2).add(acc12);
      FloatVector a2 = FloatVector.fromArray(SPECIES, a, a2At + at);
      acc20 = a2.mul(b0).add(acc20);
      acc21 = a2.mul(b1).add(acc21);
      acc22 = a2.mul(b2).add(acc22);
    }
    // Written out: a helper that C2 does not inline would box every accumulator.
    FloatVector.fromArray(SPECIES, c, cOffset).add(acc00).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, c, cOffset + LENGTH).add(acc01).intoArray(c, cOffset + LENGTH);
    FloatVector.fromArray(SPECIES, c, cOffset + 2 * LENGTH)
        .add(acc02)
        .intoArray(c, cOffset + 2 * LENGTH);
    int row1 = cOffset + ldc;
    FloatVector.fromArray(SPECIES, c, row1).add(acc10).intoArray(c, row1);
    FloatVector.fromArray(SPECIES, c, row1 + LENGTH).add(acc11).intoArray(c, row1 + LENGTH);
    FloatVector.fromArray(SPECIES, c, row1 + 2 * LENGTH).add(acc12).intoArray(c, row1 + 2 * LENGTH);
    int row2 = row1 + ldc;
    FloatVector.fromArray(SPECIES, c, row2).add(acc20).intoArray(c, row2);
    FloatVector.fromArray(SPECIES, c, row2 + LENGTH).add(acc21).intoArray(c, row2 + LENGTH);
    FloatVector.fromArray(SPECIES, c, row2 + 2 * LENGTH).add(acc22).intoArray(c, row2 + 2 * LENGTH);
  }
}

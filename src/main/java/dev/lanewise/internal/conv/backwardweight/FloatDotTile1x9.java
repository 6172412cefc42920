// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link FloatDotTile} for 32 registers and single filters: 1·9 accumulators + 1 + 9 operands. */
final class FloatDotTile1x9 implements FloatDotTile {
  private static final int MR = 1;
  private static final int NR = 9;

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
    int b0At = bOffset + bAt[bIndex];
    int b1At = bOffset + bAt[bIndex + 1];
    int b2At = bOffset + bAt[bIndex + 2];
    int b3At = bOffset + bAt[bIndex + 3];
    int b4At = bOffset + bAt[bIndex + 4];
    int b5At = bOffset + bAt[bIndex + 5];
    int b6At = bOffset + bAt[bIndex + 6];
    int b7At = bOffset + bAt[bIndex + 7];
    int b8At = bOffset + bAt[bIndex + 8];
    // The last vector overlaps the one before it; lanes that are not its own are zero in both
    // operands, so that an infinite element counts once.
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> own =
        FloatVector.fromArray(SPECIES, LAST_LANES, rest).compare(VectorOperators.NE, zero);
    int last = count * LENGTH + rest - LENGTH;
    FloatVector last0 = zero.blend(FloatVector.fromArray(SPECIES, b, b0At + last), own);
    FloatVector last1 = zero.blend(FloatVector.fromArray(SPECIES, b, b1At + last), own);
    FloatVector last2 = zero.blend(FloatVector.fromArray(SPECIES, b, b2At + last), own);
    FloatVector last3 = zero.blend(FloatVector.fromArray(SPECIES, b, b3At + last), own);
    FloatVector last4 = zero.blend(FloatVector.fromArray(SPECIES, b, b4At + last), own);
    FloatVector last5 = zero.blend(FloatVector.fromArray(SPECIES, b, b5At + last), own);
    FloatVector last6 = zero.blend(FloatVector.fromArray(SPECIES, b, b6At + last), own);
    FloatVector last7 = zero.blend(FloatVector.fromArray(SPECIES, b, b7At + last), own);
    FloatVector last8 = zero.blend(FloatVector.fromArray(SPECIES, b, b8At + last), own);
    FloatVector lastRow0 = zero.blend(FloatVector.fromArray(SPECIES, a, a0At + last), own);
    FloatVector acc00 = lastRow0.mul(last0);
    FloatVector acc01 = lastRow0.mul(last1);
    FloatVector acc02 = lastRow0.mul(last2);
    FloatVector acc03 = lastRow0.mul(last3);
    FloatVector acc04 = lastRow0.mul(last4);
    FloatVector acc05 = lastRow0.mul(last5);
    FloatVector acc06 = lastRow0.mul(last6);
    FloatVector acc07 = lastRow0.mul(last7);
    FloatVector acc08 = lastRow0.mul(last8);
    int whole = LoopStrip.whole(count);
    for (int p = 0; p < whole; p++) {
      int at = p * LENGTH;
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, b0At + at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, b1At + at);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, b2At + at);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, b3At + at);
      FloatVector b4 = FloatVector.fromArray(SPECIES, b, b4At + at);
      FloatVector b5 = FloatVector.fromArray(SPECIES, b, b5At + at);
      FloatVector b6 = FloatVector.fromArray(SPECIES, b, b6At + at);
      FloatVector b7 = FloatVector.fromArray(SPECIES, b, b7At + at);
      FloatVector b8 = FloatVector.fromArray(SPECIES, b, b8At + at);
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, a0At + at);
      acc00 = a0.fma(b0, acc00);
      acc01 = a0.fma(b1, acc01);
      acc02 = a0.fma(b2, acc02);
      acc03 = a0.fma(b3, acc03);
      acc04 = a0.fma(b4, acc04);
      acc05 = a0.fma(b5, acc05);
      acc06 = a0.fma(b6, acc06);
      acc07 = a0.fma(b7, acc07);
      acc08 = a0.fma(b8, acc08);
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
    FloatVector.fromArray(SPECIES, c, cOffset + 4 * LENGTH)
        .add(acc04)
        .intoArray(c, cOffset + 4 * LENGTH);
    FloatVector.fromArray(SPECIES, c, cOffset + 5 * LENGTH)
        .add(acc05)
        .intoArray(c, cOffset + 5 * LENGTH);
    FloatVector.fromArray(SPECIES, c, cOffset + 6 * LENGTH)
        .add(acc06)
        .intoArray(c, cOffset + 6 * LENGTH);
    FloatVector.fromArray(SPECIES, c, cOffset + 7 * LENGTH)
        .add(acc07)
        .intoArray(c, cOffset + 7 * LENGTH);
    FloatVector.fromArray(SPECIES, c, cOffset + 8 * LENGTH)
        .add(acc08)
        .intoArray(c, cOffset + 8 * LENGTH);
  }
}

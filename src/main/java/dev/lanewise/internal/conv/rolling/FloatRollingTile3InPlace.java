// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link FloatRollingTileInPlace} of windows 3 rows high: 9 rows of a term make 21 multiply-adds,
 * in 7 sums, 3 weights and an operand.
 */
final class FloatRollingTile3InPlace implements FloatRollingTileInPlace {
  private static final int HEIGHT = 3;

  @Override
  public int height() {
    return HEIGHT;
  }

  @Override
  public void run(
      int above,
      int below,
      int terms,
      int[] shifts,
      long[] inside,
      int firstInside,
      float around,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    // Rows outside are read from one that is inside, and no lane of them is taken.
    int row0 = above > 0 ? 2 * sourcePitch : 0;
    int row1 = above > 1 ? 2 * sourcePitch : sourcePitch;
    int row7 = below > 1 ? 6 * sourcePitch : 7 * sourcePitch;
    int row8 = below > 0 ? 6 * sourcePitch : 8 * sourcePitch;
    long lanes0 = above > 0 ? 0 : -1;
    long lanes1 = above > 1 ? 0 : -1;
    long lanes7 = below > 1 ? 0 : -1;
    long lanes8 = below > 0 ? 0 : -1;
    FloatVector outside = FloatVector.broadcast(SPECIES, around);
    FloatVector start = FloatVector.broadcast(SPECIES, bias);
    FloatVector acc0 = start;
    FloatVector acc1 = start;
    FloatVector acc2 = start;
    FloatVector acc3 = start;
    FloatVector acc4 = start;
    FloatVector acc5 = start;
    FloatVector acc6 = start;
    for (int k = 0; k < terms; k++) {
      int at = sourceOffset + shifts[k];
      long lanes = inside[firstInside + k];
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT]);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT + 1]);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * HEIGHT + 2]);
      VectorMask<Float> mask = VectorMask.fromLong(SPECIES, lanes);
      VectorMask<Float> mask0 = VectorMask.fromLong(SPECIES, lanes & lanes0);
      FloatVector x0 = outside.blend(FloatVector.fromArray(SPECIES, source, at + row0), mask0);
      acc0 = w0.fma(x0, acc0);
      VectorMask<Float> mask1 = VectorMask.fromLong(SPECIES, lanes & lanes1);
      FloatVector x1 = outside.blend(FloatVector.fromArray(SPECIES, source, at + row1), mask1);
      acc1 = w0.fma(x1, acc1);
      acc0 = w1.fma(x1, acc0);
      FloatVector x2 =
          outside.blend(FloatVector.fromArray(SPECIES, source, at + 2 * sourcePitch), mask);
      acc2 = w0.fma(x2, acc2);
      acc1 = w1.fma(x2, acc1);
      acc0 = w2.fma(x2, acc0);
      FloatVector x3 =
          outside.blend(FloatVector.fromArray(SPECIES, source, at + 3 * sourcePitch), mask);
      acc3 = w0.fma(x3, acc3);
      acc2 = w1.fma(x3, acc2);
      acc1 = w2.fma(x3, acc1);
      FloatVector x4 =
          outside.blend(FloatVector.fromArray(SPECIES, source, at + 4 * sourcePitch), mask);
      acc4 = w0.fma(x4, acc4);
      acc3 = w1.fma(x4, acc3);
      acc2 = w2.fma(x4, acc2);
      FloatVector x5 =
          outside.blend(FloatVector.fromArray(SPECIES, source, at + 5 * sourcePitch), mask);
      acc5 = w0.fma(x5, acc5);
      acc4 = w1.fma(x5, acc4);
      acc3 = w2.fma(x5, acc3);
      FloatVector x6 =
          outside.blend(FloatVector.fromArray(SPECIES, source, at + 6 * sourcePitch), mask);
      acc6 = w0.fma(x6, acc6);
      acc5 = w1.fma(x6, acc5);
      acc4 = w2.fma(x6, acc4);
      VectorMask<Float> mask7 = VectorMask.fromLong(SPECIES, lanes & lanes7);
      FloatVector x7 = outside.blend(FloatVector.fromArray(SPECIES, source, at + row7), mask7);
      acc6 = w1.fma(x7, acc6);
      acc5 = w2.fma(x7, acc5);
      VectorMask<Float> mask8 = VectorMask.fromLong(SPECIES, lanes & lanes8);
      FloatVector x8 = outside.blend(FloatVector.fromArray(SPECIES, source, at + row8), mask8);
      acc6 = w2.fma(x8, acc6);
    }
    acc0.intoArray(target, targetOffset);
    acc1.intoArray(target, targetOffset + targetPitch);
    acc2.intoArray(target, targetOffset + 2 * targetPitch);
    acc3.intoArray(target, targetOffset + 3 * targetPitch);
    acc4.intoArray(target, targetOffset + 4 * targetPitch);
    acc5.intoArray(target, targetOffset + 5 * targetPitch);
    acc6.intoArray(target, targetOffset + 6 * targetPitch);
  }
}

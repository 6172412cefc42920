// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link FloatDepthwiseDots} without stride: 9 sums, 3 operands of each kind. */
final class FloatDepthwiseDotsUnit implements FloatDepthwiseDots {
  @Override
  public int step() {
    return 1;
  }

  @Override
  public int windows() {
    return LENGTH;
  }

  @Override
  public int leastRows() {
    return 2;
  }

  @Override
  public void run(
      int rows,
      float[] above,
      int aboveOffset,
      float[] image,
      int imageOffset,
      int imagePitch,
      float[] below,
      int belowOffset,
      float[] filtered,
      int filteredOffset,
      int filteredPitch,
      long left,
      long middle,
      long right,
      float[] before,
      int beforeOffset,
      float[] sums,
      int sumsOffset) {
    FloatVector x0 = FloatVector.fromArray(SPECIES, above, aboveOffset);
    FloatVector x1 = FloatVector.fromArray(SPECIES, above, aboveOffset + 1);
    FloatVector x2 = FloatVector.fromArray(SPECIES, above, aboveOffset + 2);
    FloatVector newer = FloatVector.fromArray(SPECIES, filtered, filteredOffset);
    FloatVector acc00 = x0.mul(newer);
    FloatVector acc01 = x1.mul(newer);
    FloatVector acc02 = x2.mul(newer);
    x0 = FloatVector.fromArray(SPECIES, image, imageOffset);
    x1 = FloatVector.fromArray(SPECIES, image, imageOffset + 1);
    x2 = FloatVector.fromArray(SPECIES, image, imageOffset + 2);
    FloatVector acc10 = x0.mul(newer);
    FloatVector acc11 = x1.mul(newer);
    FloatVector acc12 = x2.mul(newer);
    FloatVector older = newer;
    newer = FloatVector.fromArray(SPECIES, filtered, filteredOffset + filteredPitch);
    acc00 = x0.fma(newer, acc00);
    acc01 = x1.fma(newer, acc01);
    acc02 = x2.fma(newer, acc02);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector acc20 = zero;
    FloatVector acc21 = zero;
    FloatVector acc22 = zero;
    int whole = LoopStrip.whole(rows - 1);
    for (int r = 1; r < whole; r++) {
      int at = imageOffset + r * imagePitch;
      x0 = FloatVector.fromArray(SPECIES, image, at);
      x1 = FloatVector.fromArray(SPECIES, image, at + 1);
      x2 = FloatVector.fromArray(SPECIES, image, at + 2);
      acc20 = x0.fma(older, acc20);
      acc21 = x1.fma(older, acc21);
      acc22 = x2.fma(older, acc22);
      acc10 = x0.fma(newer, acc10);
      acc11 = x1.fma(newer, acc11);
      acc12 = x2.fma(newer, acc12);
      older = newer;
      newer = FloatVector.fromArray(SPECIES, filtered, filteredOffset + (r + 1) * filteredPitch);
      acc00 = x0.fma(newer, acc00);
      acc01 = x1.fma(newer, acc01);
      acc02 = x2.fma(newer, acc02);
    }
    int last = imageOffset + (rows - 1) * imagePitch;
    x0 = FloatVector.fromArray(SPECIES, image, last);
    x1 = FloatVector.fromArray(SPECIES, image, last + 1);
    x2 = FloatVector.fromArray(SPECIES, image, last + 2);
    acc20 = x0.fma(older, acc20);
    acc21 = x1.fma(older, acc21);
    acc22 = x2.fma(older, acc22);
    acc10 = x0.fma(newer, acc10);
    acc11 = x1.fma(newer, acc11);
    acc12 = x2.fma(newer, acc12);
    x0 = FloatVector.fromArray(SPECIES, below, belowOffset);
    x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 1);
    x2 = FloatVector.fromArray(SPECIES, below, belowOffset + 2);
    acc20 = x0.fma(newer, acc20);
    acc21 = x1.fma(newer, acc21);
    acc22 = x2.fma(newer, acc22);
    VectorMask<Float> keep0 = VectorMask.fromLong(SPECIES, left);
    VectorMask<Float> keep1 = VectorMask.fromLong(SPECIES, middle);
    VectorMask<Float> keep2 = VectorMask.fromLong(SPECIES, right);
    FloatVector.fromArray(SPECIES, before, beforeOffset)
        .add(acc00, keep0)
        .intoArray(sums, sumsOffset);
    FloatVector.fromArray(SPECIES, before, beforeOffset + LENGTH)
        .add(acc01, keep1)
        .intoArray(sums, sumsOffset + LENGTH);
    FloatVector.fromArray(SPECIES, before, beforeOffset + 2 * LENGTH)
        .add(acc02, keep2)
        .intoArray(sums, sumsOffset + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, before, beforeOffset + 3 * LENGTH)
        .add(acc10, keep0)
        .intoArray(sums, sumsOffset + 3 * LENGTH);
    FloatVector.fromArray(SPECIES, before, beforeOffset + 4 * LENGTH)
        .add(acc11, keep1)
        .intoArray(sums, sumsOffset + 4 * LENGTH);
    FloatVector.fromArray(SPECIES, before, beforeOffset + 5 * LENGTH)
        .add(acc12, keep2)
        .intoArray(sums, sumsOffset + 5 * LENGTH);
    FloatVector.fromArray(SPECIES, before, beforeOffset + 6 * LENGTH)
        .add(acc20, keep0)
        .intoArray(sums, sumsOffset + 6 * LENGTH);
    FloatVector.fromArray(SPECIES, before, beforeOffset + 7 * LENGTH)
        .add(acc21, keep1)
        .intoArray(sums, sumsOffset + 7 * LENGTH);
    FloatVector.fromArray(SPECIES, before, beforeOffset + 8 * LENGTH)
        .add(acc22, keep2)
        .intoArray(sums, sumsOffset + 8 * LENGTH);
  }
}

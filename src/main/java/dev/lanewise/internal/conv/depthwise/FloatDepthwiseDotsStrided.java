// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link FloatDepthwiseDots} with stride 2: an element of the filtered plane meets two neighbours
 * of the image, and the lanes of the second are to be dropped.
 */
final class FloatDepthwiseDotsStrided implements FloatDepthwiseDots {
  /** Spreads the first half of a vector over pairs of lanes. */
  private static final VectorShuffle<Float> PAIRS = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);

  @Override
  public int step() {
    return 2;
  }

  @Override
  public int windows() {
    return LENGTH / 2;
  }

  @Override
  public int leastRows() {
    return 1;
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
    FloatVector f = FloatVector.fromArray(SPECIES, filtered, filteredOffset).rearrange(PAIRS);
    FloatVector acc00 = x0.mul(f);
    FloatVector acc01 = x1.mul(f);
    FloatVector acc02 = x2.mul(f);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector acc10 = zero;
    FloatVector acc11 = zero;
    FloatVector acc12 = zero;
    FloatVector acc20 = zero;
    FloatVector acc21 = zero;
    FloatVector acc22 = zero;
    int last = rows - 1;
    int whole = LoopStrip.whole(rows - 1);
    for (int r = 0; r < whole; r++) {
      int at = imageOffset + 2 * r * imagePitch;
      x0 = FloatVector.fromArray(SPECIES, image, at);
      x1 = FloatVector.fromArray(SPECIES, image, at + 1);
      x2 = FloatVector.fromArray(SPECIES, image, at + 2);
      acc10 = x0.fma(f, acc10);
      acc11 = x1.fma(f, acc11);
      acc12 = x2.fma(f, acc12);
      at += imagePitch;
      x0 = FloatVector.fromArray(SPECIES, image, at);
      x1 = FloatVector.fromArray(SPECIES, image, at + 1);
      x2 = FloatVector.fromArray(SPECIES, image, at + 2);
      acc20 = x0.fma(f, acc20);
      acc21 = x1.fma(f, acc21);
      acc22 = x2.fma(f, acc22);
      f =
          FloatVector.fromArray(SPECIES, filtered, filteredOffset + (r + 1) * filteredPitch)
              .rearrange(PAIRS);
      acc00 = x0.fma(f, acc00);
      acc01 = x1.fma(f, acc01);
      acc02 = x2.fma(f, acc02);
    }
    int at = imageOffset + 2 * last * imagePitch;
    x0 = FloatVector.fromArray(SPECIES, image, at);
    x1 = FloatVector.fromArray(SPECIES, image, at + 1);
    x2 = FloatVector.fromArray(SPECIES, image, at + 2);
    acc10 = x0.fma(f, acc10);
    acc11 = x1.fma(f, acc11);
    acc12 = x2.fma(f, acc12);
    x0 = FloatVector.fromArray(SPECIES, below, belowOffset);
    x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 1);
    x2 = FloatVector.fromArray(SPECIES, below, belowOffset + 2);
    acc20 = x0.fma(f, acc20);
    acc21 = x1.fma(f, acc21);
    acc22 = x2.fma(f, acc22);
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

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.EIGHT;
import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.ODD_1;
import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.ODD_2;
import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.ODD_4;
import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.SWAP_1;
import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.SWAP_2;
import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.SWAP_4;
import static dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsLanes.SWAP_8;
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
      int planes,
      int rows,
      int[] columns,
      long[] kept,
      float[] above,
      int aboveOffset,
      int aboveStep,
      float[] image,
      int imageOffset,
      int imagePitch,
      int imageStep,
      float[] below,
      int belowOffset,
      int belowStep,
      float[] filtered,
      int filteredOffset,
      int filteredPitch,
      int filteredStep,
      float[] sums,
      int sumsOffset) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int whole = LoopStrip.whole(rows - 1);
    for (int p = 0; p < planes; p++) {
      FloatVector sum00 = zero;
      FloatVector sum01 = zero;
      FloatVector sum02 = zero;
      FloatVector sum10 = zero;
      FloatVector sum11 = zero;
      FloatVector sum12 = zero;
      FloatVector sum20 = zero;
      FloatVector sum21 = zero;
      FloatVector sum22 = zero;
      for (int c = 0; c < columns.length; c++) {
        int column = columns[c];
        int filteredAt = filteredOffset + column;
        FloatVector x0 = FloatVector.fromArray(SPECIES, above, aboveOffset + 2 * column);
        FloatVector x1 = FloatVector.fromArray(SPECIES, above, aboveOffset + 2 * column + 1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, above, aboveOffset + 2 * column + 2);
        FloatVector f = FloatVector.fromArray(SPECIES, filtered, filteredAt).rearrange(PAIRS);
        FloatVector acc00 = x0.mul(f);
        FloatVector acc01 = x1.mul(f);
        FloatVector acc02 = x2.mul(f);
        FloatVector acc10 = zero;
        FloatVector acc11 = zero;
        FloatVector acc12 = zero;
        FloatVector acc20 = zero;
        FloatVector acc21 = zero;
        FloatVector acc22 = zero;
        int last = rows - 1;
        for (int r = 0; r < whole; r++) {
          int at = imageOffset + 2 * column + 2 * r * imagePitch;
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
              FloatVector.fromArray(SPECIES, filtered, filteredAt + (r + 1) * filteredPitch)
                  .rearrange(PAIRS);
          acc00 = x0.fma(f, acc00);
          acc01 = x1.fma(f, acc01);
          acc02 = x2.fma(f, acc02);
        }
        int at = imageOffset + 2 * column + 2 * last * imagePitch;
        x0 = FloatVector.fromArray(SPECIES, image, at);
        x1 = FloatVector.fromArray(SPECIES, image, at + 1);
        x2 = FloatVector.fromArray(SPECIES, image, at + 2);
        acc10 = x0.fma(f, acc10);
        acc11 = x1.fma(f, acc11);
        acc12 = x2.fma(f, acc12);
        x0 = FloatVector.fromArray(SPECIES, below, belowOffset + 2 * column);
        x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 2 * column + 1);
        x2 = FloatVector.fromArray(SPECIES, below, belowOffset + 2 * column + 2);
        acc20 = x0.fma(f, acc20);
        acc21 = x1.fma(f, acc21);
        acc22 = x2.fma(f, acc22);
        VectorMask<Float> keep0 = VectorMask.fromLong(SPECIES, kept[3 * c]);
        VectorMask<Float> keep1 = VectorMask.fromLong(SPECIES, kept[3 * c + 1]);
        VectorMask<Float> keep2 = VectorMask.fromLong(SPECIES, kept[3 * c + 2]);
        sum00 = sum00.add(acc00, keep0);
        sum01 = sum01.add(acc01, keep1);
        sum02 = sum02.add(acc02, keep2);
        sum10 = sum10.add(acc10, keep0);
        sum11 = sum11.add(acc11, keep1);
        sum12 = sum12.add(acc12, keep2);
        sum20 = sum20.add(acc20, keep0);
        sum21 = sum21.add(acc21, keep1);
        sum22 = sum22.add(acc22, keep2);
      }
      FloatVector a0 = sum00.blend(sum01, ODD_1).add(sum01.blend(sum00, ODD_1).rearrange(SWAP_1));
      FloatVector a1 = sum02.blend(sum10, ODD_1).add(sum10.blend(sum02, ODD_1).rearrange(SWAP_1));
      FloatVector a2 = sum11.blend(sum12, ODD_1).add(sum12.blend(sum11, ODD_1).rearrange(SWAP_1));
      FloatVector a3 = sum20.blend(sum21, ODD_1).add(sum21.blend(sum20, ODD_1).rearrange(SWAP_1));
      FloatVector ninth = sum22.add(sum22.rearrange(SWAP_1));
      if (LENGTH == 2) {
        FloatVector.fromArray(SPECIES, sums, sumsOffset).add(a0).intoArray(sums, sumsOffset);
        FloatVector.fromArray(SPECIES, sums, sumsOffset + 2)
            .add(a1)
            .intoArray(sums, sumsOffset + 2);
        FloatVector.fromArray(SPECIES, sums, sumsOffset + 4)
            .add(a2)
            .intoArray(sums, sumsOffset + 4);
        FloatVector.fromArray(SPECIES, sums, sumsOffset + 6)
            .add(a3)
            .intoArray(sums, sumsOffset + 6);
      } else {
        FloatVector b0 = a0.blend(a1, ODD_2).add(a1.blend(a0, ODD_2).rearrange(SWAP_2));
        FloatVector b1 = a2.blend(a3, ODD_2).add(a3.blend(a2, ODD_2).rearrange(SWAP_2));
        ninth = ninth.add(ninth.rearrange(SWAP_2));
        if (LENGTH == 4) {
          FloatVector.fromArray(SPECIES, sums, sumsOffset).add(b0).intoArray(sums, sumsOffset);
          FloatVector.fromArray(SPECIES, sums, sumsOffset + 4)
              .add(b1)
              .intoArray(sums, sumsOffset + 4);
        } else {
          FloatVector c = b0.blend(b1, ODD_4).add(b1.blend(b0, ODD_4).rearrange(SWAP_4));
          ninth = ninth.add(ninth.rearrange(SWAP_4));
          if (LENGTH == 16) {
            c = c.add(c.rearrange(SWAP_8));
            ninth = ninth.add(ninth.rearrange(SWAP_8));
          }
          FloatVector before = FloatVector.fromArray(SPECIES, sums, sumsOffset);
          before.add(c, EIGHT).intoArray(sums, sumsOffset);
        }
      }
      sums[sumsOffset + 8] += ninth.lane(0);
      aboveOffset += aboveStep;
      imageOffset += imageStep;
      belowOffset += belowStep;
      filteredOffset += filteredStep;
      sumsOffset += 9;
    }
  }
}

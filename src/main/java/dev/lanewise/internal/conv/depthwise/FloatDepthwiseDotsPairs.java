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

/**
 * {@link FloatDepthwiseDots} without stride for an even number of columns, two of them at a time:
 * 2·9 sums, 2·3 operands of the one kind and 2·2 of the other.
 */
final class FloatDepthwiseDotsPairs implements FloatDepthwiseDots {
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
      for (int c = 0; c < columns.length; c += 2) {
        int column = columns[c];
        int second = columns[c + 1] - column;
        int filteredAt = filteredOffset + column;
        FloatVector x0 = FloatVector.fromArray(SPECIES, above, aboveOffset + column);
        FloatVector x1 = FloatVector.fromArray(SPECIES, above, aboveOffset + column + 1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, above, aboveOffset + column + 2);
        FloatVector y0 = FloatVector.fromArray(SPECIES, above, aboveOffset + column + second);
        FloatVector y1 = FloatVector.fromArray(SPECIES, above, aboveOffset + column + second + 1);
        FloatVector y2 = FloatVector.fromArray(SPECIES, above, aboveOffset + column + second + 2);
        FloatVector newerX = FloatVector.fromArray(SPECIES, filtered, filteredAt);
        FloatVector newerY = FloatVector.fromArray(SPECIES, filtered, filteredAt + second);
        FloatVector accX00 = x0.mul(newerX);
        FloatVector accX01 = x1.mul(newerX);
        FloatVector accX02 = x2.mul(newerX);
        FloatVector accY00 = y0.mul(newerY);
        FloatVector accY01 = y1.mul(newerY);
        FloatVector accY02 = y2.mul(newerY);
        int at = imageOffset + column;
        x0 = FloatVector.fromArray(SPECIES, image, at);
        x1 = FloatVector.fromArray(SPECIES, image, at + 1);
        x2 = FloatVector.fromArray(SPECIES, image, at + 2);
        y0 = FloatVector.fromArray(SPECIES, image, at + second);
        y1 = FloatVector.fromArray(SPECIES, image, at + second + 1);
        y2 = FloatVector.fromArray(SPECIES, image, at + second + 2);
        FloatVector accX10 = x0.mul(newerX);
        FloatVector accX11 = x1.mul(newerX);
        FloatVector accX12 = x2.mul(newerX);
        FloatVector accY10 = y0.mul(newerY);
        FloatVector accY11 = y1.mul(newerY);
        FloatVector accY12 = y2.mul(newerY);
        FloatVector olderX = newerX;
        FloatVector olderY = newerY;
        filteredAt += filteredPitch;
        newerX = FloatVector.fromArray(SPECIES, filtered, filteredAt);
        newerY = FloatVector.fromArray(SPECIES, filtered, filteredAt + second);
        accX00 = x0.fma(newerX, accX00);
        accX01 = x1.fma(newerX, accX01);
        accX02 = x2.fma(newerX, accX02);
        accY00 = y0.fma(newerY, accY00);
        accY01 = y1.fma(newerY, accY01);
        accY02 = y2.fma(newerY, accY02);
        FloatVector accX20 = zero;
        FloatVector accX21 = zero;
        FloatVector accX22 = zero;
        FloatVector accY20 = zero;
        FloatVector accY21 = zero;
        FloatVector accY22 = zero;
        for (int r = 1; r < whole; r++) {
          at += imagePitch;
          x0 = FloatVector.fromArray(SPECIES, image, at);
          x1 = FloatVector.fromArray(SPECIES, image, at + 1);
          x2 = FloatVector.fromArray(SPECIES, image, at + 2);
          y0 = FloatVector.fromArray(SPECIES, image, at + second);
          y1 = FloatVector.fromArray(SPECIES, image, at + second + 1);
          y2 = FloatVector.fromArray(SPECIES, image, at + second + 2);
          accX20 = x0.fma(olderX, accX20);
          accX21 = x1.fma(olderX, accX21);
          accX22 = x2.fma(olderX, accX22);
          accY20 = y0.fma(olderY, accY20);
          accY21 = y1.fma(olderY, accY21);
          accY22 = y2.fma(olderY, accY22);
          accX10 = x0.fma(newerX, accX10);
          accX11 = x1.fma(newerX, accX11);
          accX12 = x2.fma(newerX, accX12);
          accY10 = y0.fma(newerY, accY10);
          accY11 = y1.fma(newerY, accY11);
          accY12 = y2.fma(newerY, accY12);
          filteredAt += filteredPitch;
          olderX = newerX;
          olderY = newerY;
          newerX = FloatVector.fromArray(SPECIES, filtered, filteredAt);
          newerY = FloatVector.fromArray(SPECIES, filtered, filteredAt + second);
          accX00 = x0.fma(newerX, accX00);
          accX01 = x1.fma(newerX, accX01);
          accX02 = x2.fma(newerX, accX02);
          accY00 = y0.fma(newerY, accY00);
          accY01 = y1.fma(newerY, accY01);
          accY02 = y2.fma(newerY, accY02);
        }
        at += imagePitch;
        x0 = FloatVector.fromArray(SPECIES, image, at);
        x1 = FloatVector.fromArray(SPECIES, image, at + 1);
        x2 = FloatVector.fromArray(SPECIES, image, at + 2);
        y0 = FloatVector.fromArray(SPECIES, image, at + second);
        y1 = FloatVector.fromArray(SPECIES, image, at + second + 1);
        y2 = FloatVector.fromArray(SPECIES, image, at + second + 2);
        accX20 = x0.fma(olderX, accX20);
        accX21 = x1.fma(olderX, accX21);
        accX22 = x2.fma(olderX, accX22);
        accY20 = y0.fma(olderY, accY20);
        accY21 = y1.fma(olderY, accY21);
        accY22 = y2.fma(olderY, accY22);
        accX10 = x0.fma(newerX, accX10);
        accX11 = x1.fma(newerX, accX11);
        accX12 = x2.fma(newerX, accX12);
        accY10 = y0.fma(newerY, accY10);
        accY11 = y1.fma(newerY, accY11);
        accY12 = y2.fma(newerY, accY12);
        x0 = FloatVector.fromArray(SPECIES, below, belowOffset + column);
        x1 = FloatVector.fromArray(SPECIES, below, belowOffset + column + 1);
        x2 = FloatVector.fromArray(SPECIES, below, belowOffset + column + 2);
        y0 = FloatVector.fromArray(SPECIES, below, belowOffset + column + second);
        y1 = FloatVector.fromArray(SPECIES, below, belowOffset + column + second + 1);
        y2 = FloatVector.fromArray(SPECIES, below, belowOffset + column + second + 2);
        accX20 = x0.fma(newerX, accX20);
        accX21 = x1.fma(newerX, accX21);
        accX22 = x2.fma(newerX, accX22);
        accY20 = y0.fma(newerY, accY20);
        accY21 = y1.fma(newerY, accY21);
        accY22 = y2.fma(newerY, accY22);
        VectorMask<Float> keepX0 = VectorMask.fromLong(SPECIES, kept[3 * c]);
        VectorMask<Float> keepX1 = VectorMask.fromLong(SPECIES, kept[3 * c + 1]);
        VectorMask<Float> keepX2 = VectorMask.fromLong(SPECIES, kept[3 * c + 2]);
        VectorMask<Float> keepY0 = VectorMask.fromLong(SPECIES, kept[3 * c + 3]);
        VectorMask<Float> keepY1 = VectorMask.fromLong(SPECIES, kept[3 * c + 4]);
        VectorMask<Float> keepY2 = VectorMask.fromLong(SPECIES, kept[3 * c + 5]);
        sum00 = sum00.add(accX00, keepX0).add(accY00, keepY0);
        sum01 = sum01.add(accX01, keepX1).add(accY01, keepY1);
        sum02 = sum02.add(accX02, keepX2).add(accY02, keepY2);
        sum10 = sum10.add(accX10, keepX0).add(accY10, keepY0);
        sum11 = sum11.add(accX11, keepX1).add(accY11, keepY1);
        sum12 = sum12.add(accX12, keepX2).add(accY12, keepY2);
        sum20 = sum20.add(accX20, keepX0).add(accY20, keepY0);
        sum21 = sum21.add(accX21, keepX1).add(accY21, keepY1);
        sum22 = sum22.add(accX22, keepX2).add(accY22, keepY2);
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

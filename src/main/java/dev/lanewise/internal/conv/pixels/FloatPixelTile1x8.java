// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;

/** {@link FloatPixelTile} of 1 filter by 8 vectors of pixels. */
final class FloatPixelTile1x8 implements FloatPixelTile {
  private static final int FILTERS = 1;
  private static final int VECTORS = 8;

  @Override
  public int filters() {
    return FILTERS;
  }

  @Override
  public int vectors() {
    return VECTORS;
  }

  @Override
  public int lanes() {
    return LENGTH;
  }

  @Override
  public void run(
      int begin,
      int end,
      int[] sourceAt,
      int[] targetAt,
      int terms,
      int[] shifts,
      int firstShift,
      float[] source,
      int sourceOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int targetOffset,
      int plane) {
    for (int v = begin; v < end; v += VECTORS) {
      int first = Math.min(v, end - VECTORS);
      int done = 0;
      do {
        int count = Math.min(terms - done, LoopStrip.MOST);
        tile(
            sourceOffset + sourceAt[first],
            sourceOffset + sourceAt[first + 1],
            sourceOffset + sourceAt[first + 2],
            sourceOffset + sourceAt[first + 3],
            sourceOffset + sourceAt[first + 4],
            sourceOffset + sourceAt[first + 5],
            sourceOffset + sourceAt[first + 6],
            sourceOffset + sourceAt[first + 7],
            count,
            shifts,
            firstShift + done,
            source,
            weight,
            weightOffset + done,
            bias,
            biasOffset,
            done > 0,
            target,
            targetOffset + targetAt[first],
            targetOffset + targetAt[first + 1],
            targetOffset + targetAt[first + 2],
            targetOffset + targetAt[first + 3],
            targetOffset + targetAt[first + 4],
            targetOffset + targetAt[first + 5],
            targetOffset + targetAt[first + 6],
            targetOffset + targetAt[first + 7]);
        done += count;
      } while (done < terms);
    }
  }

  /**
   * No more terms than a strip: the sums of a tile begin with the bias or go on from what there is.
   * A method of its own: inside the other loop C2 makes a loop of it that takes a fifth longer.
   */
  private static void tile(
      int from0,
      int from1,
      int from2,
      int from3,
      int from4,
      int from5,
      int from6,
      int from7,
      int terms,
      int[] shifts,
      int firstShift,
      float[] source,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      boolean continues,
      float[] target,
      int to0,
      int to1,
      int to2,
      int to3,
      int to4,
      int to5,
      int to6,
      int to7) {
    FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasOffset]);
    FloatVector acc00 = bias0;
    FloatVector acc01 = bias0;
    FloatVector acc02 = bias0;
    FloatVector acc03 = bias0;
    FloatVector acc04 = bias0;
    FloatVector acc05 = bias0;
    FloatVector acc06 = bias0;
    FloatVector acc07 = bias0;
    if (continues) {
      acc00 = FloatVector.fromArray(SPECIES, target, to0);
      acc01 = FloatVector.fromArray(SPECIES, target, to1);
      acc02 = FloatVector.fromArray(SPECIES, target, to2);
      acc03 = FloatVector.fromArray(SPECIES, target, to3);
      acc04 = FloatVector.fromArray(SPECIES, target, to4);
      acc05 = FloatVector.fromArray(SPECIES, target, to5);
      acc06 = FloatVector.fromArray(SPECIES, target, to6);
      acc07 = FloatVector.fromArray(SPECIES, target, to7);
    }
    int whole = LoopStrip.whole(terms);
    for (int k = 0; k < whole; k++) {
      int shift = shifts[firstShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, from3 + shift);
      FloatVector x4 = FloatVector.fromArray(SPECIES, source, from4 + shift);
      FloatVector x5 = FloatVector.fromArray(SPECIES, source, from5 + shift);
      FloatVector x6 = FloatVector.fromArray(SPECIES, source, from6 + shift);
      FloatVector x7 = FloatVector.fromArray(SPECIES, source, from7 + shift);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[weightOffset + k]);
      acc00 = w0.fma(x0, acc00);
      acc01 = w0.fma(x1, acc01);
      acc02 = w0.fma(x2, acc02);
      acc03 = w0.fma(x3, acc03);
      acc04 = w0.fma(x4, acc04);
      acc05 = w0.fma(x5, acc05);
      acc06 = w0.fma(x6, acc06);
      acc07 = w0.fma(x7, acc07);
    }
    acc00.intoArray(target, to0);
    acc01.intoArray(target, to1);
    acc02.intoArray(target, to2);
    acc03.intoArray(target, to3);
    acc04.intoArray(target, to4);
    acc05.intoArray(target, to5);
    acc06.intoArray(target, to6);
    acc07.intoArray(target, to7);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FloatPixelTile} of 1 filter by 8 vectors of pixels. */
final class FloatPixelTile1x8 implements FloatPixelTile {
  private static final int FILTERS = 1;
  private static final int PIXELS = 8 * LENGTH;

  @Override
  public int filters() {
    return FILTERS;
  }

  @Override
  public int pixels() {
    return PIXELS;
  }

  @Override
  public void run(
      int begin,
      int end,
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
    for (int p = begin; p < end; p += PIXELS) {
      int pixel = Math.min(p, end - PIXELS);
      FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasOffset]);
      FloatVector acc00 = bias0;
      FloatVector acc01 = bias0;
      FloatVector acc02 = bias0;
      FloatVector acc03 = bias0;
      FloatVector acc04 = bias0;
      FloatVector acc05 = bias0;
      FloatVector acc06 = bias0;
      FloatVector acc07 = bias0;
      for (int k = 0; k < terms; k++) {
        int at = sourceOffset + pixel + shifts[firstShift + k];
        FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + LENGTH);
        FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * LENGTH);
        FloatVector x3 = FloatVector.fromArray(SPECIES, source, at + 3 * LENGTH);
        FloatVector x4 = FloatVector.fromArray(SPECIES, source, at + 4 * LENGTH);
        FloatVector x5 = FloatVector.fromArray(SPECIES, source, at + 5 * LENGTH);
        FloatVector x6 = FloatVector.fromArray(SPECIES, source, at + 6 * LENGTH);
        FloatVector x7 = FloatVector.fromArray(SPECIES, source, at + 7 * LENGTH);
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
      int to0 = targetOffset + pixel;
      acc00.intoArray(target, to0);
      acc01.intoArray(target, to0 + LENGTH);
      acc02.intoArray(target, to0 + 2 * LENGTH);
      acc03.intoArray(target, to0 + 3 * LENGTH);
      acc04.intoArray(target, to0 + 4 * LENGTH);
      acc05.intoArray(target, to0 + 5 * LENGTH);
      acc06.intoArray(target, to0 + 6 * LENGTH);
      acc07.intoArray(target, to0 + 7 * LENGTH);
    }
  }
}

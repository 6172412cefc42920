// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FloatPixelTile} of 2 filters by 4 vectors of pixels. */
final class FloatPixelTile2x4 implements FloatPixelTile {
  private static final int FILTERS = 2;
  private static final int PIXELS = 4 * LENGTH;

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
      FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasOffset + 1]);
      FloatVector acc10 = bias1;
      FloatVector acc11 = bias1;
      FloatVector acc12 = bias1;
      FloatVector acc13 = bias1;
      for (int k = 0; k < terms; k++) {
        int at = sourceOffset + pixel + shifts[firstShift + k];
        FloatVector x0 = FloatVector.fromArray(SPECIES, source, at);
        FloatVector x1 = FloatVector.fromArray(SPECIES, source, at + LENGTH);
        FloatVector x2 = FloatVector.fromArray(SPECIES, source, at + 2 * LENGTH);
        FloatVector x3 = FloatVector.fromArray(SPECIES, source, at + 3 * LENGTH);
        FloatVector w0 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * FILTERS]);
        acc00 = w0.fma(x0, acc00);
        acc01 = w0.fma(x1, acc01);
        acc02 = w0.fma(x2, acc02);
        acc03 = w0.fma(x3, acc03);
        FloatVector w1 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * FILTERS + 1]);
        acc10 = w1.fma(x0, acc10);
        acc11 = w1.fma(x1, acc11);
        acc12 = w1.fma(x2, acc12);
        acc13 = w1.fma(x3, acc13);
      }
      int to0 = targetOffset + pixel;
      acc00.intoArray(target, to0);
      acc01.intoArray(target, to0 + LENGTH);
      acc02.intoArray(target, to0 + 2 * LENGTH);
      acc03.intoArray(target, to0 + 3 * LENGTH);
      int to1 = to0 + plane;
      acc10.intoArray(target, to1);
      acc11.intoArray(target, to1 + LENGTH);
      acc12.intoArray(target, to1 + 2 * LENGTH);
      acc13.intoArray(target, to1 + 3 * LENGTH);
    }
  }
}

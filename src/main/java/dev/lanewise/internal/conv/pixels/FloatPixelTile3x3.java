// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FloatPixelTile} of 3 filters by 3 vectors of pixels. */
final class FloatPixelTile3x3 implements FloatPixelTile {
  private static final int FILTERS = 3;
  private static final int VECTORS = 3;

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
      tile(
          sourceOffset + sourceAt[first],
          sourceOffset + sourceAt[first + 1],
          sourceOffset + sourceAt[first + 2],
          terms,
          shifts,
          firstShift,
          source,
          weight,
          weightOffset,
          bias,
          biasOffset,
          target,
          targetOffset + targetAt[first],
          targetOffset + targetAt[first + 1],
          targetOffset + targetAt[first + 2],
          plane);
    }
  }

  /** A method of its own: inside the other loop C2 makes a loop of it that takes a fifth longer. */
  private static void tile(
      int from0,
      int from1,
      int from2,
      int terms,
      int[] shifts,
      int firstShift,
      float[] source,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int to0,
      int to1,
      int to2,
      int plane) {
    FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasOffset]);
    FloatVector acc00 = bias0;
    FloatVector acc01 = bias0;
    FloatVector acc02 = bias0;
    FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasOffset + 1]);
    FloatVector acc10 = bias1;
    FloatVector acc11 = bias1;
    FloatVector acc12 = bias1;
    FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasOffset + 2]);
    FloatVector acc20 = bias2;
    FloatVector acc21 = bias2;
    FloatVector acc22 = bias2;
    for (int k = 0; k < terms; k++) {
      int shift = shifts[firstShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * FILTERS]);
      acc00 = w0.fma(x0, acc00);
      acc01 = w0.fma(x1, acc01);
      acc02 = w0.fma(x2, acc02);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * FILTERS + 1]);
      acc10 = w1.fma(x0, acc10);
      acc11 = w1.fma(x1, acc11);
      acc12 = w1.fma(x2, acc12);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * FILTERS + 2]);
      acc20 = w2.fma(x0, acc20);
      acc21 = w2.fma(x1, acc21);
      acc22 = w2.fma(x2, acc22);
    }
    acc00.intoArray(target, to0);
    acc01.intoArray(target, to1);
    acc02.intoArray(target, to2);
    acc10.intoArray(target, to0 + plane);
    acc11.intoArray(target, to1 + plane);
    acc12.intoArray(target, to2 + plane);
    acc20.intoArray(target, to0 + 2 * plane);
    acc21.intoArray(target, to1 + 2 * plane);
    acc22.intoArray(target, to2 + 2 * plane);
  }
}

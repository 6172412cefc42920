// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatPixelLineTile} for 32 registers: 4·4 accumulators + 4 vectors of pixels + a weight =
 * 21.
 */
final class FloatPixelLineTile4x4 implements FloatPixelLineTile {
  private static final int FILTERS = 4;
  private static final int VECTORS = 4;
  private static final int LINE = PixelLine.of(MethodHandles.lookup());

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
      int steps,
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
          sourceOffset + sourceAt[first + 3],
          steps,
          source,
          weight,
          weightOffset,
          bias,
          biasOffset,
          target,
          targetOffset + targetAt[first],
          targetOffset + targetAt[first + 1],
          targetOffset + targetAt[first + 2],
          targetOffset + targetAt[first + 3],
          plane);
    }
  }

  private static void tile(
      int from0,
      int from1,
      int from2,
      int from3,
      int steps,
      float[] source,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int to0,
      int to1,
      int to2,
      int to3,
      int plane) {
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
    FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasOffset + 2]);
    FloatVector acc20 = bias2;
    FloatVector acc21 = bias2;
    FloatVector acc22 = bias2;
    FloatVector acc23 = bias2;
    FloatVector bias3 = FloatVector.broadcast(SPECIES, bias[biasOffset + 3]);
    FloatVector acc30 = bias3;
    FloatVector acc31 = bias3;
    FloatVector acc32 = bias3;
    FloatVector acc33 = bias3;
    int whole = LoopStrip.whole(steps);
    for (int p = 0; p < whole; p++) {
      int x = p * LINE;
      int w = weightOffset + p * (TAPS * FILTERS);
      FloatVector x00 = FloatVector.fromArray(SPECIES, source, from0 + x);
      FloatVector x01 = FloatVector.fromArray(SPECIES, source, from1 + x);
      FloatVector x02 = FloatVector.fromArray(SPECIES, source, from2 + x);
      FloatVector x03 = FloatVector.fromArray(SPECIES, source, from3 + x);
      FloatVector w00 = FloatVector.broadcast(SPECIES, weight[w]);
      acc00 = w00.fma(x00, acc00);
      acc01 = w00.fma(x01, acc01);
      acc02 = w00.fma(x02, acc02);
      acc03 = w00.fma(x03, acc03);
      FloatVector w01 = FloatVector.broadcast(SPECIES, weight[w + 1]);
      acc10 = w01.fma(x00, acc10);
      acc11 = w01.fma(x01, acc11);
      acc12 = w01.fma(x02, acc12);
      acc13 = w01.fma(x03, acc13);
      FloatVector w02 = FloatVector.broadcast(SPECIES, weight[w + 2]);
      acc20 = w02.fma(x00, acc20);
      acc21 = w02.fma(x01, acc21);
      acc22 = w02.fma(x02, acc22);
      acc23 = w02.fma(x03, acc23);
      FloatVector w03 = FloatVector.broadcast(SPECIES, weight[w + 3]);
      acc30 = w03.fma(x00, acc30);
      acc31 = w03.fma(x01, acc31);
      acc32 = w03.fma(x02, acc32);
      acc33 = w03.fma(x03, acc33);
      FloatVector x10 = FloatVector.fromArray(SPECIES, source, from0 + x + 1);
      FloatVector x11 = FloatVector.fromArray(SPECIES, source, from1 + x + 1);
      FloatVector x12 = FloatVector.fromArray(SPECIES, source, from2 + x + 1);
      FloatVector x13 = FloatVector.fromArray(SPECIES, source, from3 + x + 1);
      FloatVector w10 = FloatVector.broadcast(SPECIES, weight[w + 4]);
      acc00 = w10.fma(x10, acc00);
      acc01 = w10.fma(x11, acc01);
      acc02 = w10.fma(x12, acc02);
      acc03 = w10.fma(x13, acc03);
      FloatVector w11 = FloatVector.broadcast(SPECIES, weight[w + 5]);
      acc10 = w11.fma(x10, acc10);
      acc11 = w11.fma(x11, acc11);
      acc12 = w11.fma(x12, acc12);
      acc13 = w11.fma(x13, acc13);
      FloatVector w12 = FloatVector.broadcast(SPECIES, weight[w + 6]);
      acc20 = w12.fma(x10, acc20);
      acc21 = w12.fma(x11, acc21);
      acc22 = w12.fma(x12, acc22);
      acc23 = w12.fma(x13, acc23);
      FloatVector w13 = FloatVector.broadcast(SPECIES, weight[w + 7]);
      acc30 = w13.fma(x10, acc30);
      acc31 = w13.fma(x11, acc31);
      acc32 = w13.fma(x12, acc32);
      acc33 = w13.fma(x13, acc33);
      FloatVector x20 = FloatVector.fromArray(SPECIES, source, from0 + x + 2);
      FloatVector x21 = FloatVector.fromArray(SPECIES, source, from1 + x + 2);
      FloatVector x22 = FloatVector.fromArray(SPECIES, source, from2 + x + 2);
      FloatVector x23 = FloatVector.fromArray(SPECIES, source, from3 + x + 2);
      FloatVector w20 = FloatVector.broadcast(SPECIES, weight[w + 8]);
      acc00 = w20.fma(x20, acc00);
      acc01 = w20.fma(x21, acc01);
      acc02 = w20.fma(x22, acc02);
      acc03 = w20.fma(x23, acc03);
      FloatVector w21 = FloatVector.broadcast(SPECIES, weight[w + 9]);
      acc10 = w21.fma(x20, acc10);
      acc11 = w21.fma(x21, acc11);
      acc12 = w21.fma(x22, acc12);
      acc13 = w21.fma(x23, acc13);
      FloatVector w22 = FloatVector.broadcast(SPECIES, weight[w + 10]);
      acc20 = w22.fma(x20, acc20);
      acc21 = w22.fma(x21, acc21);
      acc22 = w22.fma(x22, acc22);
      acc23 = w22.fma(x23, acc23);
      FloatVector w23 = FloatVector.broadcast(SPECIES, weight[w + 11]);
      acc30 = w23.fma(x20, acc30);
      acc31 = w23.fma(x21, acc31);
      acc32 = w23.fma(x22, acc32);
      acc33 = w23.fma(x23, acc33);
    }
    acc00.intoArray(target, to0);
    acc01.intoArray(target, to1);
    acc02.intoArray(target, to2);
    acc03.intoArray(target, to3);
    acc10.intoArray(target, to0 + plane);
    acc11.intoArray(target, to1 + plane);
    acc12.intoArray(target, to2 + plane);
    acc13.intoArray(target, to3 + plane);
    acc20.intoArray(target, to0 + 2 * plane);
    acc21.intoArray(target, to1 + 2 * plane);
    acc22.intoArray(target, to2 + 2 * plane);
    acc23.intoArray(target, to3 + 2 * plane);
    acc30.intoArray(target, to0 + 3 * plane);
    acc31.intoArray(target, to1 + 3 * plane);
    acc32.intoArray(target, to2 + 3 * plane);
    acc33.intoArray(target, to3 + 3 * plane);
  }
}

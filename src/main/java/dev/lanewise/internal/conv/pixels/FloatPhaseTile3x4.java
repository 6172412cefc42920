// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** {@link FloatPhaseTile} of 3 filters by 4 vectors of positions. */
final class FloatPhaseTile3x4 implements FloatPhaseTile {
  private static final int FILTERS = 3;
  private static final int VECTORS = 4;
  private static final int LINE = PixelLine.orNone(MethodHandles.lookup());

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
      int own,
      int common,
      int ownOfNext,
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
          sourceOffset + sourceAt[first + 3],
          own,
          common,
          ownOfNext,
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
          targetOffset + targetAt[first + 3],
          plane);
    }
  }

  /** A method of its own, and no more terms of a kind than a strip: see {@link FloatPixelTile}. */
  private static void tile(
      int from0,
      int from1,
      int from2,
      int from3,
      int own,
      int common,
      int ownOfNext,
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
      int to3,
      int plane) {
    FloatVector bias0 = FloatVector.broadcast(SPECIES, bias[biasOffset]);
    FloatVector acc00 = bias0;
    FloatVector acc01 = bias0;
    FloatVector acc02 = bias0;
    FloatVector acc03 = bias0;
    FloatVector next00 = bias0;
    FloatVector next01 = bias0;
    FloatVector next02 = bias0;
    FloatVector next03 = bias0;
    FloatVector bias1 = FloatVector.broadcast(SPECIES, bias[biasOffset + 1]);
    FloatVector acc10 = bias1;
    FloatVector acc11 = bias1;
    FloatVector acc12 = bias1;
    FloatVector acc13 = bias1;
    FloatVector next10 = bias1;
    FloatVector next11 = bias1;
    FloatVector next12 = bias1;
    FloatVector next13 = bias1;
    FloatVector bias2 = FloatVector.broadcast(SPECIES, bias[biasOffset + 2]);
    FloatVector acc20 = bias2;
    FloatVector acc21 = bias2;
    FloatVector acc22 = bias2;
    FloatVector acc23 = bias2;
    FloatVector next20 = bias2;
    FloatVector next21 = bias2;
    FloatVector next22 = bias2;
    FloatVector next23 = bias2;
    int first = LoopStrip.whole(own);
    int ownStart = first == 0 ? 0 : shifts[firstShift];
    for (int k = 0; k < first; k++) {
      int shift = LINE > 0 ? ownStart + k * LINE : shifts[firstShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, from3 + shift);
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
      FloatVector w2 = FloatVector.broadcast(SPECIES, weight[weightOffset + k * FILTERS + 2]);
      acc20 = w2.fma(x0, acc20);
      acc21 = w2.fma(x1, acc21);
      acc22 = w2.fma(x2, acc22);
      acc23 = w2.fma(x3, acc23);
    }
    int both = LoopStrip.whole(common);
    int commonShift = firstShift + own;
    int commonWeight = weightOffset + own * FILTERS;
    int commonStart = both == 0 ? 0 : shifts[commonShift];
    for (int k = 0; k < both; k++) {
      int shift = LINE > 0 ? commonStart + k * LINE : shifts[commonShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, from3 + shift);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k * FILTERS]);
      acc00 = w0.fma(x0, acc00);
      acc01 = w0.fma(x1, acc01);
      acc02 = w0.fma(x2, acc02);
      acc03 = w0.fma(x3, acc03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k * FILTERS + 1]);
      acc10 = w1.fma(x0, acc10);
      acc11 = w1.fma(x1, acc11);
      acc12 = w1.fma(x2, acc12);
      acc13 = w1.fma(x3, acc13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k * FILTERS + 2]);
      acc20 = w2.fma(x0, acc20);
      acc21 = w2.fma(x1, acc21);
      acc22 = w2.fma(x2, acc22);
      acc23 = w2.fma(x3, acc23);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k * FILTERS + 3]);
      next00 = w3.fma(x0, next00);
      next01 = w3.fma(x1, next01);
      next02 = w3.fma(x2, next02);
      next03 = w3.fma(x3, next03);
      FloatVector w4 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k * FILTERS + 4]);
      next10 = w4.fma(x0, next10);
      next11 = w4.fma(x1, next11);
      next12 = w4.fma(x2, next12);
      next13 = w4.fma(x3, next13);
      FloatVector w5 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k * FILTERS + 5]);
      next20 = w5.fma(x0, next20);
      next21 = w5.fma(x1, next21);
      next22 = w5.fma(x2, next22);
      next23 = w5.fma(x3, next23);
    }
    int last = LoopStrip.whole(ownOfNext);
    int nextShift = commonShift + common;
    int nextWeight = commonWeight + 2 * common * FILTERS;
    int nextStart = last == 0 ? 0 : shifts[nextShift];
    for (int k = 0; k < last; k++) {
      int shift = LINE > 0 ? nextStart + k * LINE : shifts[nextShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, from3 + shift);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[nextWeight + k * FILTERS]);
      next00 = w0.fma(x0, next00);
      next01 = w0.fma(x1, next01);
      next02 = w0.fma(x2, next02);
      next03 = w0.fma(x3, next03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weight[nextWeight + k * FILTERS + 1]);
      next10 = w1.fma(x0, next10);
      next11 = w1.fma(x1, next11);
      next12 = w1.fma(x2, next12);
      next13 = w1.fma(x3, next13);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weight[nextWeight + k * FILTERS + 2]);
      next20 = w2.fma(x0, next20);
      next21 = w2.fma(x1, next21);
      next22 = w2.fma(x2, next22);
      next23 = w2.fma(x3, next23);
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
    next00.intoArray(target, to0 + 3 * plane);
    next01.intoArray(target, to1 + 3 * plane);
    next02.intoArray(target, to2 + 3 * plane);
    next03.intoArray(target, to3 + 3 * plane);
    next10.intoArray(target, to0 + 4 * plane);
    next11.intoArray(target, to1 + 4 * plane);
    next12.intoArray(target, to2 + 4 * plane);
    next13.intoArray(target, to3 + 4 * plane);
    next20.intoArray(target, to0 + 5 * plane);
    next21.intoArray(target, to1 + 5 * plane);
    next22.intoArray(target, to2 + 5 * plane);
    next23.intoArray(target, to3 + 5 * plane);
  }
}

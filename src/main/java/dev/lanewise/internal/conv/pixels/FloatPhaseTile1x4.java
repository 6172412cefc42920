// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** {@link FloatPhaseTile} of 1 filter by 4 vectors of positions. */
final class FloatPhaseTile1x4 implements FloatPhaseTile {
  private static final int FILTERS = 1;
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
    int first = LoopStrip.whole(own);
    int ownStart = first == 0 ? 0 : shifts[firstShift];
    for (int k = 0; k < first; k++) {
      int shift = LINE > 0 ? ownStart + k * LINE : shifts[firstShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, from3 + shift);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[weightOffset + k]);
      acc00 = w0.fma(x0, acc00);
      acc01 = w0.fma(x1, acc01);
      acc02 = w0.fma(x2, acc02);
      acc03 = w0.fma(x3, acc03);
    }
    int both = LoopStrip.whole(common);
    int commonShift = firstShift + own;
    int commonWeight = weightOffset + own;
    int commonStart = both == 0 ? 0 : shifts[commonShift];
    for (int k = 0; k < both; k++) {
      int shift = LINE > 0 ? commonStart + k * LINE : shifts[commonShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, from3 + shift);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k]);
      acc00 = w0.fma(x0, acc00);
      acc01 = w0.fma(x1, acc01);
      acc02 = w0.fma(x2, acc02);
      acc03 = w0.fma(x3, acc03);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weight[commonWeight + 2 * k + 1]);
      next00 = w1.fma(x0, next00);
      next01 = w1.fma(x1, next01);
      next02 = w1.fma(x2, next02);
      next03 = w1.fma(x3, next03);
    }
    int last = LoopStrip.whole(ownOfNext);
    int nextShift = commonShift + common;
    int nextWeight = commonWeight + 2 * common;
    int nextStart = last == 0 ? 0 : shifts[nextShift];
    for (int k = 0; k < last; k++) {
      int shift = LINE > 0 ? nextStart + k * LINE : shifts[nextShift + k];
      FloatVector x0 = FloatVector.fromArray(SPECIES, source, from0 + shift);
      FloatVector x1 = FloatVector.fromArray(SPECIES, source, from1 + shift);
      FloatVector x2 = FloatVector.fromArray(SPECIES, source, from2 + shift);
      FloatVector x3 = FloatVector.fromArray(SPECIES, source, from3 + shift);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weight[nextWeight + k]);
      next00 = w0.fma(x0, next00);
      next01 = w0.fma(x1, next01);
      next02 = w0.fma(x2, next02);
      next03 = w0.fma(x3, next03);
    }
    acc00.intoArray(target, to0);
    acc01.intoArray(target, to1);
    acc02.intoArray(target, to2);
    acc03.intoArray(target, to3);
    next00.intoArray(target, to0 + plane);
    next01.intoArray(target, to1 + plane);
    next02.intoArray(target, to2 + plane);
    next03.intoArray(target, to3 + plane);
  }
}

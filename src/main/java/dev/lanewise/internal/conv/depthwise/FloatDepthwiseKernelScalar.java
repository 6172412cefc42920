// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import java.util.Arrays;

/** {@link FloatDepthwiseKernel} of either direction and stride, position by position. */
final class FloatDepthwiseKernelScalar implements FloatDepthwiseKernel {
  private static final int TAPS = 3;

  private final int sourceStep;
  private final int targetStep;
  private final int positions;

  FloatDepthwiseKernelScalar(int sourceStep, int targetStep, int positions) {
    this.sourceStep = sourceStep;
    this.targetStep = targetStep;
    this.positions = positions;
  }

  @Override
  public int sourceStep() {
    return sourceStep;
  }

  @Override
  public int targetStep() {
    return targetStep;
  }

  @Override
  public int positions() {
    return positions;
  }

  @Override
  public void run(
      int rows,
      float[] above,
      int aboveOffset,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] below,
      int belowOffset,
      long left,
      long right,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    for (int r = 0; r < rows; r++) {
      int at = sourceOffset + r * sourceStep * sourcePitch;
      float[] last = r == rows - 1 ? below : source;
      int lastAt = r == rows - 1 ? belowOffset : at + sourcePitch;
      int to = targetOffset + r * targetStep * targetPitch;
      if (targetStep == 1) {
        // Taps in ascending order; the target holds the sums in between.
        Arrays.fill(target, to, to + positions, bias);
        float[] first = r == 0 ? above : source;
        int firstAt = r == 0 ? aboveOffset : at - sourcePitch;
        int w = weightOffset;
        addRow(first, firstAt, left, right, weight, w, weightStep, target, to);
        w += TAPS * weightStep;
        addRow(source, at, left, right, weight, w, weightStep, target, to);
        w += TAPS * weightStep;
        addRow(last, lastAt, left, right, weight, w, weightStep, target, to);
      } else {
        upper(source, at, right, weight, weightOffset, weightStep, bias, target, to);
        lower(
            source,
            at,
            last,
            lastAt,
            right,
            weight,
            weightOffset,
            weightStep,
            bias,
            target,
            to + targetPitch);
      }
    }
  }

  /** Adds the terms of a row of taps to a row of sums. */
  private void addRow(
      float[] source,
      int at,
      long left,
      long right,
      float[] weight,
      int w,
      int step,
      float[] sums,
      int to) {
    for (int p = 0; p < positions; p++) {
      int lane = p * sourceStep;
      float sum = Math.fma(inside(source, at + lane, left, lane), weight[w], sums[to + p]);
      sum = Math.fma(source[at + lane + 1], weight[w + step], sum);
      sums[to + p] =
          Math.fma(inside(source, at + lane + 2, right, lane), weight[w + 2 * step], sum);
    }
  }

  /** Even rows of the target: what the middle row of taps reads. */
  private void upper(
      float[] source,
      int at,
      long right,
      float[] weight,
      int w,
      int step,
      float bias,
      float[] target,
      int to) {
    for (int p = 0; p < positions; p++) {
      float x1 = source[at + p + 1];
      float x2 = inside(source, at + p + 2, right, p);
      target[to + 2 * p] = Math.fma(x1, weight[w + 4 * step], bias);
      target[to + 2 * p + 1] =
          Math.fma(x1, weight[w + 5 * step], Math.fma(x2, weight[w + 3 * step], bias));
    }
  }

  /** Odd rows: what the last row of taps reads, and one further down the first. */
  private void lower(
      float[] source,
      int at,
      float[] last,
      int lastAt,
      long right,
      float[] weight,
      int w,
      int step,
      float bias,
      float[] target,
      int to) {
    for (int p = 0; p < positions; p++) {
      float x1 = source[at + p + 1];
      float x2 = inside(source, at + p + 2, right, p);
      float even = Math.fma(x1, weight[w + 7 * step], bias);
      float odd = Math.fma(x1, weight[w + 8 * step], Math.fma(x2, weight[w + 6 * step], bias));
      x1 = last[lastAt + p + 1];
      x2 = inside(last, lastAt + p + 2, right, p);
      target[to + 2 * p] = Math.fma(x1, weight[w + step], even);
      target[to + 2 * p + 1] = Math.fma(x1, weight[w + 2 * step], Math.fma(x2, weight[w], odd));
    }
  }

  /** An element, or zero in a lane in which it lies beside its row. */
  private static float inside(float[] source, int at, long lanes, int lane) {
    return (lanes >> lane & 1) != 0 ? source[at] : 0;
  }
}

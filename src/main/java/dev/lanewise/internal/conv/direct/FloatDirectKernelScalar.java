// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.Machine;

/**
 * {@link FloatDirectKernel} of runs and lanes of any number, in blocks of twice 1 pixel by 4
 * scalars.
 */
final class FloatDirectKernelScalar implements FloatDirectKernel {
  private static final int BLOCK = 4;

  private final int run;
  private final int lanes;

  /** With lanes a multiple of 4. */
  FloatDirectKernelScalar(int run, int lanes) {
    this.run = run;
    this.lanes = lanes;
  }

  /** Whether there is one. */
  static boolean fits(int lanes) {
    return lanes % BLOCK == 0;
  }

  @Override
  public int run() {
    return run;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void accumulate(
      int taps,
      int[] offsets,
      int offset,
      float[] image,
      int first,
      int second,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int toFirst,
      int toSecond,
      int step,
      int skip,
      int spare) {
    for (int j = 0; j < run; j++) {
      int firstTo = toFirst + j * step;
      int secondTo = toSecond + j * step;
      for (int l = 0; l < lanes; l += BLOCK) {
        block(
            taps,
            offsets,
            offset,
            image,
            first + j,
            second + j,
            weight,
            weightOffset + l,
            sums,
            (initial < 0 ? firstTo : initial) + l,
            firstTo + l,
            (initial < 0 ? secondTo : initial) + l,
            (j < skip ? spare : secondTo) + l);
      }
    }
  }

  private void block(
      int taps,
      int[] offsets,
      int offset,
      float[] image,
      int first,
      int second,
      float[] weight,
      int weightOffset,
      float[] sums,
      int from0,
      int to0,
      int from1,
      int to1) {
    float acc00 = 0;
    float acc01 = 0;
    float acc02 = 0;
    float acc03 = 0;
    float acc10 = 0;
    float acc11 = 0;
    float acc12 = 0;
    float acc13 = 0;
    for (int p = 0; p < taps; p++) {
      float pixel0 = image[first + offsets[offset + p]];
      float pixel1 = image[second + offsets[offset + p]];
      float w0 = weight[weightOffset + p * lanes];
      float w1 = weight[weightOffset + p * lanes + 1];
      float w2 = weight[weightOffset + p * lanes + 2];
      float w3 = weight[weightOffset + p * lanes + 3];
      acc00 = multiplyAdd(pixel0, w0, acc00);
      acc01 = multiplyAdd(pixel0, w1, acc01);
      acc02 = multiplyAdd(pixel0, w2, acc02);
      acc03 = multiplyAdd(pixel0, w3, acc03);
      acc10 = multiplyAdd(pixel1, w0, acc10);
      acc11 = multiplyAdd(pixel1, w1, acc11);
      acc12 = multiplyAdd(pixel1, w2, acc12);
      acc13 = multiplyAdd(pixel1, w3, acc13);
    }
    sums[to0] = sums[from0] + acc00;
    sums[to0 + 1] = sums[from0 + 1] + acc01;
    sums[to0 + 2] = sums[from0 + 2] + acc02;
    sums[to0 + 3] = sums[from0 + 3] + acc03;
    sums[to1] = sums[from1] + acc10;
    sums[to1 + 1] = sums[from1 + 1] + acc11;
    sums[to1 + 2] = sums[from1 + 2] + acc12;
    sums[to1 + 3] = sums[from1 + 3] + acc13;
  }

  /** The arithmetic of the vector kernels of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatDirectKernel} without the vector module: twice 1 pixel by 4 scalars. */
final class FloatDirectKernelScalar implements FloatDirectKernel {
  private static final int RUN = 1;
  private static final int NR = 4;

  @Override
  public int run() {
    return RUN;
  }

  @Override
  public int lanes() {
    return NR;
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
      float w0 = weight[weightOffset + p * NR];
      float w1 = weight[weightOffset + p * NR + 1];
      float w2 = weight[weightOffset + p * NR + 2];
      float w3 = weight[weightOffset + p * NR + 3];
      acc00 = multiplyAdd(pixel0, w0, acc00);
      acc01 = multiplyAdd(pixel0, w1, acc01);
      acc02 = multiplyAdd(pixel0, w2, acc02);
      acc03 = multiplyAdd(pixel0, w3, acc03);
      acc10 = multiplyAdd(pixel1, w0, acc10);
      acc11 = multiplyAdd(pixel1, w1, acc11);
      acc12 = multiplyAdd(pixel1, w2, acc12);
      acc13 = multiplyAdd(pixel1, w3, acc13);
    }
    int from = initial < 0 ? toFirst : initial;
    sums[toFirst] = sums[from] + acc00;
    sums[toFirst + 1] = sums[from + 1] + acc01;
    sums[toFirst + 2] = sums[from + 2] + acc02;
    sums[toFirst + 3] = sums[from + 3] + acc03;
    from = initial < 0 ? toSecond : initial;
    int to = skip > 0 ? spare : toSecond;
    sums[to] = sums[from] + acc10;
    sums[to + 1] = sums[from + 1] + acc11;
    sums[to + 2] = sums[from + 2] + acc12;
    sums[to + 3] = sums[from + 3] + acc13;
  }

  /** The arithmetic of the vector kernels of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

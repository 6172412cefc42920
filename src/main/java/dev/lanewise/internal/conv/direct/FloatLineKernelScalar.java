// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatLineKernel} of runs and lanes of any number, in blocks of 1 pixel by 4 scalars. */
final class FloatLineKernelScalar implements FloatLineKernel {
  private static final int BLOCK = 4;

  private final LineForm form;
  private final int run;
  private final int lanes;

  /** With lanes a multiple of 4. */
  FloatLineKernelScalar(LineForm form, int run, int lanes) {
    this.form = form;
    this.run = run;
    this.lanes = lanes;
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
  public LineForm form() {
    return form;
  }

  @Override
  public void accumulate(
      int steps,
      float[] lines,
      int first,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int to,
      int pixelStep) {
    for (int j = 0; j < run; j++) {
      int pixel = to + j * pixelStep;
      for (int l = 0; l < lanes; l += BLOCK) {
        block(
            steps,
            lines,
            first + j * form.stride(),
            weight,
            weightOffset + l,
            sums,
            (initial < 0 ? pixel : initial) + l,
            pixel + l);
      }
    }
  }

  private void block(
      int steps,
      float[] lines,
      int first,
      float[] weight,
      int weightOffset,
      float[] sums,
      int from,
      int to) {
    float acc0 = 0;
    float acc1 = 0;
    float acc2 = 0;
    float acc3 = 0;
    int taps = form.taps();
    int spread = form.spread();
    int step = form.step();
    for (int p = 0; p < steps; p++) {
      for (int k = 0; k < taps; k++) {
        float pixel = lines[first + p * step + k * spread];
        int w = weightOffset + (p * taps + k) * lanes;
        acc0 = multiplyAdd(pixel, weight[w], acc0);
        acc1 = multiplyAdd(pixel, weight[w + 1], acc1);
        acc2 = multiplyAdd(pixel, weight[w + 2], acc2);
        acc3 = multiplyAdd(pixel, weight[w + 3], acc3);
      }
    }
    sums[to] = sums[from] + acc0;
    sums[to + 1] = sums[from + 1] + acc1;
    sums[to + 2] = sums[from + 2] + acc2;
    sums[to + 3] = sums[from + 3] + acc3;
  }

  /** The arithmetic of the vector kernels of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

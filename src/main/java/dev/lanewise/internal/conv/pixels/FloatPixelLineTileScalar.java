// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatPixelLineTile} of any size, 1 filter by 4 scalars at a time, or by one. */
final class FloatPixelLineTileScalar implements FloatPixelLineTile {
  private static final int BLOCK = 4;

  private final int filters;
  private final int vectors;
  private final int lanes;
  private final int line;

  FloatPixelLineTileScalar(int filters, int vectors, int lanes, int line) {
    this.filters = filters;
    this.vectors = vectors;
    this.lanes = lanes;
    this.line = line;
  }

  @Override
  public int filters() {
    return filters;
  }

  @Override
  public int vectors() {
    return vectors;
  }

  @Override
  public int lanes() {
    return lanes;
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
    for (int f = 0; f < filters; f++) {
      for (int v = begin; v < end; v++) {
        int from = sourceOffset + sourceAt[v];
        int to = targetOffset + targetAt[v] + f * plane;
        int l = 0;
        for (; l + BLOCK <= lanes; l += BLOCK) {
          block(
              steps,
              source,
              from + l,
              weight,
              weightOffset + f,
              bias[biasOffset + f],
              target,
              to + l);
        }
        for (; l < lanes; l++) {
          float sum = bias[biasOffset + f];
          for (int p = 0; p < steps; p++) {
            for (int k = 0; k < TAPS; k++) {
              float w = weight[weightOffset + (p * TAPS + k) * filters + f];
              sum = multiplyAdd(w, source[from + l + p * line + k], sum);
            }
          }
          target[to + l] = sum;
        }
      }
    }
  }

  /** A method of its own, so that it is compiled after some calls and not only as a long loop. */
  private void block(
      int steps,
      float[] source,
      int from,
      float[] weight,
      int weightOffset,
      float bias,
      float[] target,
      int to) {
    float acc0 = bias;
    float acc1 = bias;
    float acc2 = bias;
    float acc3 = bias;
    for (int p = 0; p < steps; p++) {
      for (int k = 0; k < TAPS; k++) {
        int at = from + p * line + k;
        float w = weight[weightOffset + (p * TAPS + k) * filters];
        acc0 = multiplyAdd(w, source[at], acc0);
        acc1 = multiplyAdd(w, source[at + 1], acc1);
        acc2 = multiplyAdd(w, source[at + 2], acc2);
        acc3 = multiplyAdd(w, source[at + 3], acc3);
      }
    }
    target[to] = acc0;
    target[to + 1] = acc1;
    target[to + 2] = acc2;
    target[to + 3] = acc3;
  }

  /** The arithmetic of the vector tiles of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

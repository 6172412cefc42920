// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatPixelTile} of any number of filters, in blocks of 1 filter by 4 scalars. */
final class FloatPixelTileScalar implements FloatPixelTile {
  private static final int BLOCK = 4;

  private final int filters;

  FloatPixelTileScalar(int filters) {
    this.filters = filters;
  }

  @Override
  public int filters() {
    return filters;
  }

  @Override
  public int pixels() {
    return BLOCK;
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
    for (int f = 0; f < filters; f++) {
      for (int p = begin; p < end; p += BLOCK) {
        int pixel = Math.min(p, end - BLOCK);
        float acc0 = bias[biasOffset + f];
        float acc1 = acc0;
        float acc2 = acc0;
        float acc3 = acc0;
        for (int k = 0; k < terms; k++) {
          int at = sourceOffset + pixel + shifts[firstShift + k];
          float w = weight[weightOffset + k * filters + f];
          acc0 = multiplyAdd(w, source[at], acc0);
          acc1 = multiplyAdd(w, source[at + 1], acc1);
          acc2 = multiplyAdd(w, source[at + 2], acc2);
          acc3 = multiplyAdd(w, source[at + 3], acc3);
        }
        int to = targetOffset + f * plane + pixel;
        target[to] = acc0;
        target[to + 1] = acc1;
        target[to + 2] = acc2;
        target[to + 3] = acc3;
      }
    }
  }

  /** The arithmetic of the vector tiles of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

/** {@link FloatPhaseTile} of any size, a scalar at a time; only where vectors multiply and add. */
final class FloatPhaseTileScalar implements FloatPhaseTile {
  private final int filters;
  private final int vectors;
  private final int lanes;

  FloatPhaseTileScalar(int filters, int vectors, int lanes) {
    this.filters = filters;
    this.vectors = vectors;
    this.lanes = lanes;
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
    int commonShift = firstShift + own;
    int nextShift = commonShift + common;
    int commonWeight = weightOffset + own * filters;
    int nextWeight = commonWeight + 2 * common * filters;
    for (int f = 0; f < filters; f++) {
      int first = targetOffset + f * plane;
      int next = first + filters * plane;
      int weightOfFirst = commonWeight + f;
      int weightOfNext = weightOfFirst + filters;
      for (int v = begin; v < end; v++) {
        for (int l = 0; l < lanes; l++) {
          int from = sourceOffset + sourceAt[v] + l;
          float sum = bias[biasOffset + f];
          float sumOfNext = sum;
          for (int k = 0; k < own; k++) {
            float x = source[from + shifts[firstShift + k]];
            sum = Math.fma(weight[weightOffset + k * filters + f], x, sum);
          }
          for (int k = 0; k < common; k++) {
            float x = source[from + shifts[commonShift + k]];
            sum = Math.fma(weight[weightOfFirst + 2 * k * filters], x, sum);
            sumOfNext = Math.fma(weight[weightOfNext + 2 * k * filters], x, sumOfNext);
          }
          for (int k = 0; k < ownOfNext; k++) {
            float x = source[from + shifts[nextShift + k]];
            sumOfNext = Math.fma(weight[nextWeight + k * filters + f], x, sumOfNext);
          }
          target[first + targetAt[v] + l] = sum;
          target[next + targetAt[v] + l] = sumOfNext;
        }
      }
    }
  }
}

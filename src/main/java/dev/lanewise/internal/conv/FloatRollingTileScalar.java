// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.simd.FloatSpecies;
import dev.lanewise.internal.simd.Machine;

/** {@link FloatRollingTile} for windows of any height, pixel by pixel. */
final class FloatRollingTileScalar implements FloatRollingTile {
  private final int height;

  FloatRollingTileScalar(int height) {
    this.height = height;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void run(
      int rows,
      int step,
      int second,
      int targetSecond,
      int terms,
      int[] shifts,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    for (int r = 0; r < rows; r += step) {
      int row = Math.min(r, rows - step);
      for (int y = row; y < row + ROWS; y++) {
        int from = sourceOffset + y * sourcePitch;
        int to = targetOffset + y * targetPitch;
        for (int x = 0; x < FloatSpecies.LENGTH; x++) {
          float acc0 = bias;
          float acc1 = bias;
          for (int k = 0; k < terms; k++) {
            int at = from + shifts[k] + x;
            for (int kh = 0; kh < height; kh++) {
              float w = weight[weightOffset + k * height + kh];
              acc0 = multiplyAdd(w, source[at + kh * sourcePitch], acc0);
              acc1 = multiplyAdd(w, source[at + kh * sourcePitch + second], acc1);
            }
          }
          target[to + x] = acc0;
          target[to + targetSecond + x] = acc1;
        }
      }
    }
  }

  /** The arithmetic of the vector tiles of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

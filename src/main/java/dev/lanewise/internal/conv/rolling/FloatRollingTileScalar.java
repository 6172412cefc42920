// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import dev.lanewise.internal.simd.FloatLanes;
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
      int from = sourceOffset + row * sourcePitch;
      int to = targetOffset + row * targetPitch;
      // In this order: a vector may reach into the next one's place.
      vectors(
          terms,
          shifts,
          source,
          from,
          sourcePitch,
          weight,
          weightOffset,
          bias,
          target,
          to,
          targetPitch);
      from += second;
      to += targetSecond;
      vectors(
          terms,
          shifts,
          source,
          from,
          sourcePitch,
          weight,
          weightOffset,
          bias,
          target,
          to,
          targetPitch);
    }
  }

  /** One vector of each row of a tile. */
  private void vectors(
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
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < FloatLanes.LENGTH; x++) {
        float sum = bias;
        for (int k = 0; k < terms; k++) {
          int at = sourceOffset + y * sourcePitch + shifts[k] + x;
          for (int kh = 0; kh < height; kh++) {
            sum =
                multiplyAdd(
                    weight[weightOffset + k * height + kh], source[at + kh * sourcePitch], sum);
          }
        }
        target[targetOffset + y * targetPitch + x] = sum;
      }
    }
  }

  /** The arithmetic of the vector tiles of the same machine. */
  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
  }
}

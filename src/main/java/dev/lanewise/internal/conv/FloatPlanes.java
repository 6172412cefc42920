// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;

/** The bias and its gradient: one value per channel against N×C planes. */
public final class FloatPlanes {
  private FloatPlanes() {}

  /** Sets every plane to its channel's bias, or to 0 if {@code bias} is null. */
  static void fill(
      Object planes,
      long offset,
      int batch,
      int channels,
      int plane,
      Object bias,
      long biasOffset) {
    long at = offset;
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < channels; c++, at += plane) {
        FloatMemory.fill(
            planes, at, plane, bias == null ? 0 : FloatMemory.get(bias, biasOffset + c));
      }
    }
  }

  /** Adds the sum of each channel's planes to its gradient. */
  public static void sum(
      Object planes,
      long offset,
      int batch,
      int channels,
      int plane,
      Object gradBias,
      long gradBiasOffset) {
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += FloatMemory.sum(planes, offset + ((long) n * channels + c) * plane, plane);
      }
      FloatMemory.add(gradBias, gradBiasOffset + c, (float) sum);
    }
  }
}

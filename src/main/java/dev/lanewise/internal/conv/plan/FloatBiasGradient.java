// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import dev.lanewise.internal.memory.FloatMemory;

/** The gradient of the bias: one value per channel against N×C planes. */
public final class FloatBiasGradient {
  private FloatBiasGradient() {}

  /** Adds the sum of each channel's planes to its gradient. */
  public static void add(
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

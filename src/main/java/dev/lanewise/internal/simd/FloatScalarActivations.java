// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/** {@link FloatActivations} without the vector module. */
final class FloatScalarActivations implements FloatActivations {
  @Override
  public void leaky(float[] input, float slope, float[] output, int count) {
    if (slope == 0) {
      for (int i = 0; i < count; i++) {
        output[i] = Math.max(input[i], 0);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      output[i] = input[i] > 0 ? input[i] : slope * input[i];
    }
  }

  @Override
  public void leakyGradient(
      float[] input, float slope, float[] gradOutput, float[] gradInput, int count) {
    for (int i = 0; i < count; i++) {
      float below = slope == 0 ? 0 : slope * gradOutput[i];
      gradInput[i] = input[i] > 0 ? gradOutput[i] : below;
    }
  }
}

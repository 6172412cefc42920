// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/**
 * Functions of single elements and their derivatives. The compiler makes vectors of a plain loop by
 * itself, but not where an element decides between two values; there it branches, and no branch can
 * be predicted.
 */
public sealed interface FloatActivations
    permits FloatStartingActivations, FloatVectorActivations, FloatScalarActivations {
  /** What this machine runs. */
  FloatActivations BEST =
      Machine.SIMD ? new FloatStartingActivations() : new FloatScalarActivations();

  /**
   * {@code output[i] = input[i] > 0 ? input[i] : slope * input[i]}; max(x, 0) with a slope of 0.
   */
  void leaky(float[] input, float slope, float[] output, int count);

  /**
   * {@code gradInput[i] = input[i] > 0 ? gradOutput[i] : slope * gradOutput[i]}; 0 for the product
   * with a slope of 0.
   */
  void leakyGradient(float[] input, float slope, float[] gradOutput, float[] gradInput, int count);
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/**
 * The maximum and the sum of windows of 2×2 that lie side by side, and the way back. NaN is greater
 * than every number.
 */
public sealed interface FloatPooling
    permits FloatStartingPooling, FloatVectorPooling, FloatScalarPooling {
  /** What this machine runs. */
  FloatPooling BEST = Machine.SIMD ? new FloatStartingPooling() : new FloatScalarPooling();

  /**
   * One row of outputs: {@code output[out + i]} is the greatest of {@code input[upper + 2i]},
   * {@code input[upper + 2i + 1]}, {@code input[lower + 2i]} and {@code input[lower + 2i + 1]}, for
   * i in [0, count).
   */
  void maximum(float[] input, int upper, int lower, float[] output, int out, int count);

  /**
   * Gives each element of a gradient to the first of the four, in row-major order, that is not less
   * than their maximum in {@code output}, and 0 to the others. {@code gradInput} has the input's
   * indices.
   */
  void route(
      float[] input,
      int upper,
      int lower,
      float[] output,
      float[] gradOutput,
      int out,
      float[] gradInput,
      int count);

  /**
   * One row of outputs: {@code output[out + i]} is the sum of {@code input[upper + 2i] +
   * input[lower + 2i]} and {@code input[upper + 2i + 1] + input[lower + 2i + 1]}, for i in [0,
   * count).
   */
  void sum(float[] input, int upper, int lower, float[] output, int out, int count);

  /** Writes each of {@code count} elements twice in a row. */
  void twice(float[] input, int in, float[] output, int out, int count);
}

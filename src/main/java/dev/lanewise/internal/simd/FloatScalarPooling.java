// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/** {@link FloatPooling} without the vector module. */
final class FloatScalarPooling implements FloatPooling {
  @Override
  public void maximum(float[] input, int upper, int lower, float[] output, int out, int count) {
    for (int i = 0; i < count; i++) {
      output[out + i] = greatest(input, upper + 2 * i, lower + 2 * i);
    }
  }

  @Override
  public void route(
      float[] input,
      int upper,
      int lower,
      float[] output,
      float[] gradOutput,
      int out,
      float[] gradInput,
      int count) {
    for (int i = 0; i < count; i++) {
      int u = upper + 2 * i;
      int l = lower + 2 * i;
      gradInput[u] = 0;
      gradInput[u + 1] = 0;
      gradInput[l] = 0;
      gradInput[l + 1] = 0;
      gradInput[first(input, u, l, output[out + i])] = gradOutput[out + i];
    }
  }

  /** The index of the first that is not less than the maximum. */
  private static int first(float[] input, int upper, int lower, float maximum) {
    int last = input[lower] < maximum ? lower + 1 : lower;
    int middle = input[upper + 1] < maximum ? last : upper + 1;
    return input[upper] < maximum ? middle : upper;
  }

  private static float greatest(float[] input, int upper, int lower) {
    float above = Math.max(input[upper], input[upper + 1]);
    float below = Math.max(input[lower], input[lower + 1]);
    return Math.max(above, below);
  }

  @Override
  public void sum(float[] input, int upper, int lower, float[] output, int out, int count) {
    for (int i = 0; i < count; i++) {
      int u = upper + 2 * i;
      int l = lower + 2 * i;
      output[out + i] = (input[u] + input[l]) + (input[u + 1] + input[l + 1]);
    }
  }

  @Override
  public void twice(float[] input, int in, float[] output, int out, int count) {
    for (int i = 0; i < count; i++) {
      output[out + 2 * i] = input[in + i];
      output[out + 2 * i + 1] = input[in + i];
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Starting;

/**
 * The maximum and the sum of windows of 2×2 that lie side by side, and the way back. NaN is greater
 * than every number.
 */
public interface FloatPooling extends Starting.Form {
  /** The methods by number, for {@link #trial(int)}. */
  int TRY_MAXIMUM = 0;

  int TRY_ROUTE = 1;
  int TRY_SUM = 2;
  int TRY_TWICE = 3;

  /** What this machine runs for {@link #maximum}. */
  Starting<FloatPooling> MAXIMUM = started(TRY_MAXIMUM);

  /** For {@link #route}. */
  Starting<FloatPooling> ROUTE = started(TRY_ROUTE);

  /** For {@link #sum}. */
  Starting<FloatPooling> SUM = started(TRY_SUM);

  /** For {@link #twice}. */
  Starting<FloatPooling> TWICE = started(TRY_TWICE);

  /** Vectors of outputs of a trial. */
  int TRIAL_VECTORS = 16;

  private static Starting<FloatPooling> started(int method) {
    return Machine.SIMD
        ? new Starting<>(FloatVectorPooling.class, new FloatScalarPooling(), method)
        : Starting.fixed(new FloatScalarPooling());
  }

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

  @Override
  default int trial() {
    return trialOfMaximum() + trialOfRoute() + trialOfSum() + trialOfTwice();
  }

  /** One method. */
  @Override
  default int trial(int method) {
    return switch (method) {
      case TRY_MAXIMUM -> trialOfMaximum();
      case TRY_ROUTE -> trialOfRoute();
      case TRY_SUM -> trialOfSum();
      case TRY_TWICE -> trialOfTwice();
      default -> throw new IllegalArgumentException(Integer.toString(method));
    };
  }

  private int trialOfMaximum() {
    int count = TRIAL_VECTORS * FloatLanes.LENGTH;
    maximum(FloatZeros.atLeast(4 * count), 0, 2 * count, FloatZeros.atLeast(count), 0, count);
    return 4 * TRIAL_VECTORS;
  }

  private int trialOfRoute() {
    int count = TRIAL_VECTORS * FloatLanes.LENGTH;
    float[] row = FloatZeros.atLeast(count);
    float[] rows = FloatZeros.atLeast(4 * count);
    route(rows, 0, 2 * count, row, row, 0, rows, count);
    return 8 * TRIAL_VECTORS;
  }

  private int trialOfSum() {
    int count = TRIAL_VECTORS * FloatLanes.LENGTH;
    sum(FloatZeros.atLeast(4 * count), 0, 2 * count, FloatZeros.atLeast(count), 0, count);
    return 4 * TRIAL_VECTORS;
  }

  private int trialOfTwice() {
    int count = TRIAL_VECTORS * FloatLanes.LENGTH;
    twice(FloatZeros.atLeast(count), 0, FloatZeros.atLeast(2 * count), 0, count);
    return 2 * TRIAL_VECTORS;
  }
}

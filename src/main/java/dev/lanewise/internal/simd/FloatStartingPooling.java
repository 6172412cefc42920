// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Takeover;

/** {@link FloatVectorPooling}, and until it is fast {@link FloatScalarPooling}. */
final class FloatStartingPooling implements FloatPooling {
  private static final FloatPooling SCALAR = new FloatScalarPooling();

  /** Vectors of a trial. */
  private static final int VECTORS = 16;

  private static final int COUNT = VECTORS * FloatSpecies.LENGTH;
  private static final float[] ZEROS = new float[4 * COUNT];

  private final Takeover maximumTakeover =
      new Takeover(
          () -> {
            Vectors.KERNEL.maximum(ZEROS, 0, 2 * COUNT, ZEROS, 0, COUNT);
            return 4 * VECTORS;
          });

  private final Takeover routeTakeover =
      new Takeover(
          () -> {
            Vectors.KERNEL.route(ZEROS, 0, 2 * COUNT, ZEROS, ZEROS, 0, ZEROS, COUNT);
            return 8 * VECTORS;
          });

  private final Takeover sumTakeover =
      new Takeover(
          () -> {
            Vectors.KERNEL.sum(ZEROS, 0, 2 * COUNT, ZEROS, 0, COUNT);
            return 4 * VECTORS;
          });

  private final Takeover twiceTakeover =
      new Takeover(
          () -> {
            Vectors.KERNEL.twice(ZEROS, 0, ZEROS, 0, COUNT);
            return 2 * VECTORS;
          });

  @Override
  public void maximum(float[] input, int upper, int lower, float[] output, int out, int count) {
    if (maximumTakeover.done()) {
      Vectors.KERNEL.maximum(input, upper, lower, output, out, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.maximum(input, upper, lower, output, out, count);
    maximumTakeover.scalar(System.nanoTime() - start);
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
    if (routeTakeover.done()) {
      Vectors.KERNEL.route(input, upper, lower, output, gradOutput, out, gradInput, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.route(input, upper, lower, output, gradOutput, out, gradInput, count);
    routeTakeover.scalar(System.nanoTime() - start);
  }

  @Override
  public void sum(float[] input, int upper, int lower, float[] output, int out, int count) {
    if (sumTakeover.done()) {
      Vectors.KERNEL.sum(input, upper, lower, output, out, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.sum(input, upper, lower, output, out, count);
    sumTakeover.scalar(System.nanoTime() - start);
  }

  @Override
  public void twice(float[] input, int in, float[] output, int out, int count) {
    if (twiceTakeover.done()) {
      Vectors.KERNEL.twice(input, in, output, out, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.twice(input, in, output, out, count);
    twiceTakeover.scalar(System.nanoTime() - start);
  }

  /** Loaded when first tried: a short program never needs it. */
  private static final class Vectors {
    static final FloatPooling KERNEL = new FloatVectorPooling();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Takeover;

/** {@link FloatVectorActivations}, and until they are fast {@link FloatScalarActivations}. */
final class FloatStartingActivations implements FloatActivations {
  private static final FloatActivations SCALAR = new FloatScalarActivations();

  /** Vectors of a trial. */
  private static final int VECTORS = 16;

  private static final int COUNT = VECTORS * FloatLanes.LENGTH;
  private static final float[] ZEROS = new float[4 * COUNT];

  private final Takeover leakyTakeover = new Takeover();
  private final Takeover leakyGradientTakeover = new Takeover();

  @Override
  public void leaky(float[] input, float slope, float[] output, int count) {
    if (leakyTakeover.done()) {
      Vectors.KERNEL.leaky(input, slope, output, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.leaky(input, slope, output, count);
    if (leakyTakeover.isDue(System.nanoTime() - start)) {
      leakyTakeover.tryOut(FloatStartingActivations::tryLeaky);
    }
  }

  @Override
  public void leakyGradient(
      float[] input, float slope, float[] gradOutput, float[] gradInput, int count) {
    if (leakyGradientTakeover.done()) {
      Vectors.KERNEL.leakyGradient(input, slope, gradOutput, gradInput, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.leakyGradient(input, slope, gradOutput, gradInput, count);
    if (leakyGradientTakeover.isDue(System.nanoTime() - start)) {
      leakyGradientTakeover.tryOut(FloatStartingActivations::tryLeakyGradient);
    }
  }

  private static int tryLeaky() {
    Vectors.KERNEL.leaky(ZEROS, 0, ZEROS, COUNT);
    return 3 * VECTORS;
  }

  private static int tryLeakyGradient() {
    Vectors.KERNEL.leakyGradient(ZEROS, 0, ZEROS, ZEROS, COUNT);
    return 3 * VECTORS;
  }

  /** Loaded when first tried: a short program never needs it. */
  private static final class Vectors {
    static final FloatActivations KERNEL = new FloatVectorActivations();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** What the two dropouts share: the probability, the generator, and the factors drawn last. */
abstract class FloatDroppingLayer extends FloatPlannedLayer {
  private final SplitMix64 generator;

  /** An element is dropped when 53 random bits are below this. */
  private final long threshold;

  private final double probability;
  private final float scale;
  private boolean training = true;

  FloatDroppingLayer(double probability, RandomGenerator random) {
    super(List.of());
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "dropout probability has to be between 0 and 1, but got " + probability);
    }
    this.probability = probability;
    this.generator = new SplitMix64(Objects.requireNonNull(random, "random").nextLong());
    this.threshold = (long) (probability * 0x1p53);
    this.scale = probability == 1 ? 0 : (float) (1 / (1 - probability));
  }

  @Override
  public StateDict generatorState() {
    return new StateDict().generator("generator", generator);
  }

  @Override
  public void training(boolean training) {
    this.training = training;
  }

  /** How many of an input's elements are dropped or kept together; they are neighbours. */
  abstract int together(int[] inputShape);

  @Override
  FloatPass prepare(int[] inputShape) {
    return new Pass(inputShape, together(inputShape));
  }

  @Override
  String settings() {
    return "p=" + probability;
  }

  private void draw(float[] factors) {
    for (int i = 0; i < factors.length; i++) {
      factors[i] = !training ? 1 : generator.nextLong() >>> 11 < threshold ? 0 : scale;
    }
  }

  private final class Pass extends FloatPass {
    private final int together;
    private final float[] factors;

    Pass(int[] shape, int together) {
      super(shape);
      this.together = together;
      this.factors = new float[together == 0 ? 0 : output().length / together];
    }

    @Override
    void forward(float[] workspace) {
      draw(factors);
      multiply(input(), output());
    }

    @Override
    void backwardInput(float[] gradOutput, float[] workspace) {
      multiply(gradOutput, gradInput());
    }

    private void multiply(float[] values, float[] products) {
      if (together == 1) {
        for (int i = 0; i < products.length; i++) {
          products[i] = values[i] * factors[i];
        }
        return;
      }
      for (int f = 0; f < factors.length; f++) {
        float factor = factors[f];
        int end = (f + 1) * together;
        for (int i = f * together; i < end; i++) {
          products[i] = values[i] * factor;
        }
      }
    }
  }
}

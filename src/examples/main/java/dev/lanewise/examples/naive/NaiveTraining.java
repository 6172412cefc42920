// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

import dev.lanewise.nn.Initializers;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions of a training step in nested loops, forward and backward, to say how long a
 * training would take by them. Nothing else of a step counts: pooling, linear layers and the
 * optimizer are loops in any case, and short ones.
 */
public final class NaiveTraining {
  private static final int BATCH = 8;

  private final List<Runnable> layers = new ArrayList<>();

  /** A network without convolutions yet. */
  public NaiveTraining() {}

  /**
   * Adds a convolution of a square kernel, stride 1 and no padding. The first one needs no gradient
   * of its input, which is the picture.
   *
   * @param inChannels of the images that it sees
   * @param height their rows
   * @param width their columns
   * @param outChannels filters
   * @param kernel rows and columns of a filter
   * @return this
   */
  public NaiveTraining convolution(
      int inChannels, int height, int width, int outChannels, int kernel) {
    NaiveConv2d loops =
        new NaiveConv2d(BATCH, inChannels, height, width, outChannels, kernel, kernel);
    // What the numbers are does not matter to the loops, unless they are denormal.
    SplitMix64 random = new SplitMix64(layers.size());
    float[] images = uniform(random, BATCH, inChannels, height, width);
    float[] weight = uniform(random, outChannels, inChannels, kernel, kernel);
    float[] output = uniform(random, BATCH, outChannels, height - kernel + 1, width - kernel + 1);
    float[] gradOutput = output.clone();
    float[] gradWeight = weight.clone();
    float[] gradImages = layers.isEmpty() ? null : images.clone();
    layers.add(
        () -> {
          loops.forward(images, weight, output);
          loops.backwardWeight(images, gradOutput, gradWeight);
          if (gradImages != null) {
            loops.backwardInput(gradOutput, weight, gradImages);
          }
        });
    return this;
  }

  /** Measures the step, as {@link NaiveComparison} does, and divides it by its pictures. */
  public double secondsPerPicture() {
    return NaiveComparison.medianSeconds(() -> layers.forEach(Runnable::run)) / BATCH;
  }

  private static float[] uniform(SplitMix64 random, int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    Initializers.uniform(tensor, -1, 1, random);
    return tensor.data();
  }
}

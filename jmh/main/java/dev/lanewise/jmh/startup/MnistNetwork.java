// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.startup;

import java.util.SplittableRandom;

/**
 * The parameters of the small classifier of MNIST digits that tutorials train, and an image for it:
 * convolution 5×5 to 10 channels, max pooling 2×2, ReLU; the same to 20 channels; linear to 50,
 * ReLU; linear to 10. All are small whole numbers, so that every library computes the same scores.
 *
 * @param convolution1 10×1×5×5
 * @param convolution2 20×10×5×5
 * @param linear1 50×320
 * @param linear2 10×50
 * @param image 1×1×28×28
 */
public record MnistNetwork(
    float[] convolution1, float[] convolution2, float[] linear1, float[] linear2, float[] image) {

  /** The scores of one image. */
  public interface Classifier {
    float[] scores();
  }

  /** The same one in every process. */
  public static MnistNetwork create() {
    SplittableRandom random = new SplittableRandom(20261124);
    return new MnistNetwork(
        numbers(random, 10 * 25),
        numbers(random, 20 * 10 * 25),
        numbers(random, 50 * 320),
        numbers(random, 10 * 50),
        numbers(random, 28 * 28));
  }

  private static float[] numbers(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-1, 2);
    }
    return values;
  }
}

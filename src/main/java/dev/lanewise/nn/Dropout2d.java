// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.random.RandomGenerator;

/**
 * Drops whole channels: in training, replaces each H×W plane by 0 with probability p,
 * independently, and multiplies the others by 1/(1 − p); in evaluation, the identity. The input is
 * N×C×H×W, or C×H×W.
 *
 * <p>Every forward in training draws new planes to drop, one {@code nextLong()} each, from a
 * generator of the layer's own.
 *
 * <p>Tompson, Goroshin, Jain, LeCun and Bregler, <i>Efficient Object Localization Using
 * Convolutional Networks</i>, 2015, arXiv:1411.4280.
 */
public final class Dropout2d extends FloatDroppingLayer {
  private Dropout2d(double probability, RandomGenerator random) {
    super(probability, random);
  }

  /**
   * A layer in training.
   *
   * @param probability p
   * @param random gives the seed of the layer's generator, one {@code nextLong()}
   * @return the layer
   * @throws IllegalArgumentException if the probability is not in [0, 1]
   */
  public static Dropout2d of(double probability, RandomGenerator random) {
    return new Dropout2d(probability, random);
  }

  @Override
  int together(int[] inputShape) {
    ImageShape images = ImageShape.of("dropout2d", inputShape);
    return images.height() * images.width();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.random.RandomGenerator;

/**
 * In training, replaces each element by 0 with probability p, independently, and multiplies the
 * others by 1/(1 − p), so that the mean stays; in evaluation, the identity. The input may have any
 * shape.
 *
 * <p>Every forward in training draws new elements to drop, one {@code nextLong()} each, from a
 * generator of the layer's own.
 *
 * <p>Hinton, Srivastava, Krizhevsky, Sutskever and Salakhutdinov, <i>Improving neural networks by
 * preventing co-adaptation of feature detectors</i>, 2012, arXiv:1207.0580.
 */
public final class Dropout extends FloatDroppingLayer {
  private Dropout(double probability, RandomGenerator random) {
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
  public static Dropout of(double probability, RandomGenerator random) {
    return new Dropout(probability, random);
  }

  @Override
  int together(int[] inputShape) {
    return 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import java.util.random.RandomGenerator;

/**
 * White noise of mean 0, drawn by Box and Muller's method from functions that give the same bits on
 * every machine.
 */
final class GaussianNoise {
  private final double sigma;
  private final RandomGenerator random;

  /**
   * Noise to draw.
   *
   * @param sigma its standard deviation
   * @param random where it is drawn from
   */
  GaussianNoise(double sigma, RandomGenerator random) {
    this.sigma = sigma;
    this.random = random;
  }

  /**
   * Some pixels with noise added. They are not clamped to the range of a picture: that would move
   * the mean of what a pixel can become away from the pixel, which is what Noise2Noise learns.
   */
  float[] addedTo(float[] pixels) {
    float[] noisy = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      noisy[i] = (float) (pixels[i] + sigma * nextNormal());
    }
    return noisy;
  }

  private double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextFraction()));
    return radius * StrictMath.cos(2 * Math.PI * nextFraction());
  }

  /** Uniform in [0, 1). */
  private double nextFraction() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }
}

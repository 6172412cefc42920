// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

/** The peak signal-to-noise ratio of pictures whose white is 1. */
final class Psnr {
  private Psnr() {}

  /**
   * 10·log10(1 / mean squared error), in dB, between a picture, clamped to 0 … 1 as a screen would,
   * and what it should be. Both have {@code length} values, from an offset on.
   */
  static double of(float[] picture, int pictureOffset, float[] clean, int cleanOffset, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double error = Math.clamp(picture[pictureOffset + i], 0, 1) - clean[cleanOffset + i];
      sum += error * error;
    }
    return -10 * Math.log10(sum / length);
  }
}

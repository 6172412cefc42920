// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

/**
 * The oldest way to take noise away: each pixel becomes the mean of its neighbours, weighted by a
 * Gaussian that is cut off at three standard deviations. At the edge the outermost pixels repeat.
 */
final class GaussianBlur {
  private final double[] taps;

  /**
   * A blur.
   *
   * @param sigma the standard deviation of the weights, in pixels
   */
  GaussianBlur(double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    taps = new double[2 * radius + 1];
    double sum = 0;
    for (int t = 0; t < taps.length; t++) {
      double distance = (t - radius) / sigma;
      taps[t] = Math.exp(-distance * distance / 2);
      sum += taps[t];
    }
    for (int t = 0; t < taps.length; t++) {
      taps[t] /= sum;
    }
  }

  /** The picture C×H×W, blurred. */
  float[] of(float[] picture, int channels, int height, int width) {
    float[] rows = new float[picture.length];
    float[] blurred = new float[picture.length];
    for (int c = 0; c < channels; c++) {
      int plane = c * height * width;
      for (int y = 0; y < height; y++) {
        blurLine(picture, rows, plane + y * width, 1, width);
      }
      for (int x = 0; x < width; x++) {
        blurLine(rows, blurred, plane + x, width, height);
      }
    }
    return blurred;
  }

  private void blurLine(float[] source, float[] target, int first, int stride, int length) {
    int radius = taps.length / 2;
    for (int i = 0; i < length; i++) {
      double sum = 0;
      for (int t = 0; t < taps.length; t++) {
        int neighbour = Math.clamp(i + t - radius, 0, length - 1);
        sum += taps[t] * source[first + neighbour * stride];
      }
      target[first + i * stride] = (float) sum;
    }
  }
}

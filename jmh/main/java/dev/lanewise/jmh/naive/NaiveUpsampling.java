// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.naive;

import java.util.Arrays;

/**
 * Nearest-neighbour upsampling by a whole number, pixel by pixel.
 *
 * @param planes images times channels
 * @param height rows of a plane of the input
 * @param width columns of a plane of the input
 * @param scale how many times as many rows and columns the output has
 */
public record NaiveUpsampling(int planes, int height, int width, int scale) {

  /** Overwrites {@code output}. */
  public void forward(float[] input, float[] output) {
    for (int p = 0; p < planes; p++) {
      for (int y = 0; y < height * scale; y++) {
        for (int x = 0; x < width * scale; x++) {
          output[outputIndex(p, y, x)] = input[inputIndex(p, y / scale, x / scale)];
        }
      }
    }
  }

  /** Overwrites {@code gradInput}. */
  public void backward(float[] gradOutput, float[] gradInput) {
    Arrays.fill(gradInput, 0);
    for (int p = 0; p < planes; p++) {
      for (int y = 0; y < height * scale; y++) {
        for (int x = 0; x < width * scale; x++) {
          gradInput[inputIndex(p, y / scale, x / scale)] += gradOutput[outputIndex(p, y, x)];
        }
      }
    }
  }

  private int inputIndex(int plane, int y, int x) {
    return (plane * height + y) * width + x;
  }

  private int outputIndex(int plane, int y, int x) {
    return (plane * height * scale + y) * width * scale + x;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.memory.FloatOperands;
import dev.lanewise.internal.simd.FloatPooling;

/**
 * Nearest-neighbour upsampling by two of {@code float} images, forward and backward:
 *
 * <pre>
 *   output[p][h][w] = input[p][⌊h/2⌋][⌊w/2⌋]
 *   gradInput[p][h][w] = Σ gradOutput[p][2·h + i][2·w + j] over i, j in {0, 1}
 * </pre>
 *
 * <table>
 *   <caption>Operands, all row-major without gaps</caption>
 *   <tr><th>operand</th><th>shape</th></tr>
 *   <tr><td>input, gradInput</td><td>planes×H×W; planes is N·C of images in NCHW</td></tr>
 *   <tr><td>output, gradOutput</td><td>planes×2·H×2·W</td></tr>
 * </table>
 *
 * <p>Of the four elements the two of a column are added first.
 *
 * <p>Immutable and thread-safe. A call allocates nothing and keeps nothing. What is written must
 * lie apart from every other operand.
 */
public final class Upsampling2x2 {
  private final int planes;
  private final int height;
  private final int width;

  private Upsampling2x2(int planes, int height, int width) {
    this.planes = planes;
    this.height = height;
    this.width = width;
  }

  /**
   * A plan.
   *
   * @param planes N·C
   * @param height H
   * @param width W
   * @return the plan
   * @throws IllegalArgumentException if a size is negative, or an array cannot hold the output
   */
  public static Upsampling2x2 of(int planes, int height, int width) {
    if (planes < 0
        || height < 0
        || width < 0
        || Math.multiplyHigh((long) planes * height, width) != 0
        || (long) planes * height * width > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException(
          "sizes must not be negative and an array must hold the output: planes=%d, height=%d, width=%d"
              .formatted(planes, height, width));
    }
    return new Upsampling2x2(planes, height, width);
  }

  /**
   * Computes the output.
   *
   * @param input planes×H×W
   * @param output planes×2·H×2·W, overwritten
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(float[] input, float[] output) {
    FloatOperands.require("input", input, 0, inputs(), this);
    FloatOperands.require("output", output, 0, 4 * inputs(), this);
    FloatOperands.requireApart("input", input, 0, inputs(), "output", output, 0, 4 * inputs());
    FloatPooling kernel = FloatPooling.TWICE.kernel();
    long since = FloatPooling.TWICE.clock(kernel);
    for (int row = 0; row < planes * height; row++) {
      int out = row * 4 * width;
      kernel.twice(input, row * width, output, out, width);
      System.arraycopy(output, out, output, out + 2 * width, 2 * width);
    }
    FloatPooling.TWICE.ran(kernel, since);
  }

  /**
   * Computes the gradient of the input.
   *
   * @param gradOutput planes×2·H×2·W
   * @param gradInput planes×H×W, overwritten
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void backward(float[] gradOutput, float[] gradInput) {
    FloatOperands.require("gradOutput", gradOutput, 0, 4 * inputs(), this);
    FloatOperands.require("gradInput", gradInput, 0, inputs(), this);
    FloatOperands.requireApart(
        "gradOutput", gradOutput, 0, 4 * inputs(), "gradInput", gradInput, 0, inputs());
    FloatPooling kernel = FloatPooling.SUM.kernel();
    long since = FloatPooling.SUM.clock(kernel);
    for (int row = 0; row < planes * height; row++) {
      int upper = row * 4 * width;
      kernel.sum(gradOutput, upper, upper + 2 * width, gradInput, row * width, width);
    }
    FloatPooling.SUM.ran(kernel, since);
  }

  private int inputs() {
    return planes * height * width;
  }

  /** The sizes. */
  @Override
  public String toString() {
    return "Upsampling2x2 planes=%d, height=%d, width=%d".formatted(planes, height, width);
  }
}

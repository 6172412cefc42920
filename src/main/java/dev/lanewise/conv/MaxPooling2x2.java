// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.memory.FloatOperands;
import dev.lanewise.internal.simd.FloatPooling;
import java.util.Arrays;

/**
 * The maximum of windows of 2×2 that lie side by side, of {@code float} images, forward and
 * backward:
 *
 * <pre>
 *   output[p][oh][ow] = max of input[p][2·oh + kh][2·ow + kw] over kh, kw in {0, 1}
 *   gradInput[p][h][w] = gradOutput[p][⌊h/2⌋][⌊w/2⌋] where (h, w) has its window's maximum, else 0
 * </pre>
 *
 * <table>
 *   <caption>Operands, all row-major without gaps</caption>
 *   <tr><th>operand</th><th>shape</th></tr>
 *   <tr><td>input, gradInput</td><td>planes×H×W; planes is N·C of images in NCHW</td></tr>
 *   <tr><td>output, gradOutput</td><td>planes×⌊H/2⌋×⌊W/2⌋</td></tr>
 * </table>
 *
 * <p>The last row and column of an odd H and W are in no window. Among equals the first in
 * row-major order has the maximum. A window with NaN has the maximum NaN; its first element gets
 * the gradient.
 *
 * <p>Immutable and thread-safe. A call allocates nothing and keeps nothing. What is written must
 * lie apart from every other operand.
 */
public final class MaxPooling2x2 {
  private final int planes;
  private final int height;
  private final int width;

  private MaxPooling2x2(int planes, int height, int width) {
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
   * @throws IllegalArgumentException if a size is negative, or an array cannot hold the elements
   */
  public static MaxPooling2x2 of(int planes, int height, int width) {
    if (planes < 0
        || height < 0
        || width < 0
        || Math.multiplyHigh((long) planes * height, width) != 0
        || (long) planes * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "sizes must not be negative and an array must hold them: planes=%d, height=%d, width=%d"
              .formatted(planes, height, width));
    }
    return new MaxPooling2x2(planes, height, width);
  }

  /**
   * Computes the output.
   *
   * @param input planes×H×W
   * @param output planes×⌊H/2⌋×⌊W/2⌋, overwritten
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(float[] input, float[] output) {
    FloatOperands.require("input", input, 0, inputs(), this);
    FloatOperands.require("output", output, 0, outputs(), this);
    FloatOperands.requireApart("input", input, 0, inputs(), "output", output, 0, outputs());
    FloatPooling kernel = FloatPooling.MAXIMUM.kernel();
    long since = FloatPooling.MAXIMUM.clock(kernel);
    for (int plane = 0, out = 0; plane < planes; plane++) {
      int upper = plane * height * width;
      for (int row = 0; row < height / 2; row++, upper += 2 * width, out += width / 2) {
        kernel.maximum(input, upper, upper + width, output, out, width / 2);
      }
    }
    FloatPooling.MAXIMUM.ran(kernel, since);
  }

  /**
   * Computes the gradient of the input.
   *
   * @param input what forward had
   * @param output what forward computed
   * @param gradOutput planes×⌊H/2⌋×⌊W/2⌋
   * @param gradInput planes×H×W, overwritten
   * @throws IllegalArgumentException if an operand is too short, or gradInput overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void backward(float[] input, float[] output, float[] gradOutput, float[] gradInput) {
    FloatOperands.require("input", input, 0, inputs(), this);
    FloatOperands.require("output", output, 0, outputs(), this);
    FloatOperands.require("gradOutput", gradOutput, 0, outputs(), this);
    FloatOperands.require("gradInput", gradInput, 0, inputs(), this);
    FloatOperands.requireApart("input", input, 0, inputs(), "gradInput", gradInput, 0, inputs());
    FloatOperands.requireApart("output", output, 0, outputs(), "gradInput", gradInput, 0, inputs());
    FloatOperands.requireApart(
        "gradOutput", gradOutput, 0, outputs(), "gradInput", gradInput, 0, inputs());
    if (height % 2 != 0 || width % 2 != 0) {
      Arrays.fill(gradInput, 0, inputs(), 0);
    }
    FloatPooling kernel = FloatPooling.ROUTE.kernel();
    long since = FloatPooling.ROUTE.clock(kernel);
    for (int plane = 0, out = 0; plane < planes; plane++) {
      int upper = plane * height * width;
      for (int row = 0; row < height / 2; row++, upper += 2 * width, out += width / 2) {
        kernel.route(input, upper, upper + width, output, gradOutput, out, gradInput, width / 2);
      }
    }
    FloatPooling.ROUTE.ran(kernel, since);
  }

  private int inputs() {
    return planes * height * width;
  }

  private int outputs() {
    return planes * (height / 2) * (width / 2);
  }

  /** The sizes. */
  @Override
  public String toString() {
    return "MaxPooling2x2 planes=%d, height=%d, width=%d".formatted(planes, height, width);
  }
}

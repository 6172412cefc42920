// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.memory.FloatOperands;
import dev.lanewise.internal.simd.FloatActivations;

/**
 * The rectified linear unit and its leaky form, on rows of {@code float}, forward and backward:
 *
 * <pre>
 *   output[i] = input[i]                 where input[i] &gt; 0, else slope · input[i]
 *   gradInput[i] = gradOutput[i]         where input[i] &gt; 0, else slope · gradOutput[i]
 * </pre>
 *
 * <p>A slope of 0 gives max(input[i], 0) and gradients of 0, whatever is infinite. NaN stays NaN in
 * the output; its gradient is that of what is not positive.
 *
 * <p>Immutable and thread-safe. A call allocates nothing. Input and output may be the same array,
 * and so may the gradients. An {@link Activation} does the same while a convolution writes its
 * output.
 */
public final class Rectifier {
  private final float slope;

  private Rectifier(double slope) {
    this.slope = (float) slope;
  }

  /**
   * A function.
   *
   * @param slope the factor where the input is not positive; 0 for the rectified linear unit
   * @return the function
   */
  public static Rectifier of(double slope) {
    return new Rectifier(slope);
  }

  /**
   * Computes the output.
   *
   * @param input the elements
   * @param output as many, overwritten
   * @throws IllegalArgumentException if output is shorter than input
   * @throws NullPointerException if an operand is null
   */
  public void forward(float[] input, float[] output) {
    FloatOperands.require("input", input, 0, 0, this);
    FloatOperands.require("output", output, 0, input.length, this);
    FloatActivations.BEST.leaky(input, slope, output, input.length);
  }

  /**
   * Computes the gradient of the input.
   *
   * @param input the elements that forward had; of a slope that is not negative, its output will do
   * @param gradOutput as many
   * @param gradInput as many, overwritten
   * @throws IllegalArgumentException if a gradient is shorter than input
   * @throws NullPointerException if an operand is null
   */
  public void backward(float[] input, float[] gradOutput, float[] gradInput) {
    FloatOperands.require("input", input, 0, 0, this);
    FloatOperands.require("gradOutput", gradOutput, 0, input.length, this);
    FloatOperands.require("gradInput", gradInput, 0, input.length, this);
    FloatActivations.BEST.leakyGradient(input, slope, gradOutput, gradInput, input.length);
  }

  /** The slope. */
  @Override
  public String toString() {
    return "Rectifier slope=" + slope;
  }
}

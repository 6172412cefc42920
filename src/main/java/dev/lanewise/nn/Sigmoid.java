// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * The logistic function, σ(x) = 1 / (1 + e⁻ˣ), element by element; its derivative is σ(x)·(1 −
 * σ(x)). NaN stays NaN. The input may have any shape. The exponential is good to 2⁻⁴¹ of its value,
 * for {@code double} too.
 */
public final class Sigmoid extends FloatElementwiseLayer {

  /** A layer with nothing computed yet. */
  public Sigmoid() {}

  @Override
  void apply(float[] input, float[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = (float) (1 / (1 + Exponential.exp(-input[i])));
    }
  }

  @Override
  void derive(float[] input, float[] output, float[] gradOutput, float[] gradInput) {
    for (int i = 0; i < gradInput.length; i++) {
      gradInput[i] = gradOutput[i] * (output[i] * (1 - output[i]));
    }
  }
}

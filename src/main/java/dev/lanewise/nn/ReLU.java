// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * The rectified linear unit, max(0, x), element by element; its derivative is 1 where x &gt; 0 and
 * 0 elsewhere. NaN stays NaN. The input may have any shape.
 */
public final class ReLU extends FloatElementwiseLayer {

  /** A layer with nothing computed yet. */
  public ReLU() {}

  @Override
  void apply(float[] input, float[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = Math.max(input[i], 0);
    }
  }

  @Override
  void derive(float[] input, float[] output, float[] gradOutput, float[] gradInput) {
    for (int i = 0; i < gradInput.length; i++) {
      gradInput[i] = output[i] > 0 ? gradOutput[i] : 0;
    }
  }
}

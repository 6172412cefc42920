// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Rectifier;

/**
 * The rectified linear unit, max(0, x), element by element; its derivative is 1 where x &gt; 0 and
 * 0 elsewhere. NaN stays NaN. The input may have any shape.
 */
public final class ReLU extends FloatElementwiseLayer {

  private static final Rectifier RECTIFIER = Rectifier.of(0);

  /** A layer with nothing computed yet. */
  public ReLU() {}

  @Override
  void apply(float[] input, float[] output) {
    RECTIFIER.forward(input, output);
  }

  @Override
  void derive(float[] input, float[] output, float[] gradOutput, float[] gradInput) {
    RECTIFIER.backward(output, gradOutput, gradInput);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Rectifier;

/**
 * The leaky rectified linear unit, element by element: x where x &gt; 0, and slope·x elsewhere. Its
 * derivative is 1 and slope. NaN stays NaN. The input may have any shape.
 */
public final class LeakyReLU extends FloatElementwiseLayer {
  private final double slope;
  private final Rectifier rectifier;

  private LeakyReLU(double slope) {
    this.slope = slope;
    this.rectifier = Rectifier.of(slope);
  }

  /**
   * A layer with PyTorch's slope, 0.01.
   *
   * @return the layer
   */
  public static LeakyReLU of() {
    return of(0.01);
  }

  /**
   * A layer with a slope.
   *
   * @param slope what multiplies the negative elements
   * @return the layer
   */
  public static LeakyReLU of(double slope) {
    return new LeakyReLU(slope);
  }

  double slope() {
    return slope;
  }

  /**
   * Whether a convolution can apply it, be it in front of a pooling that it follows. With other
   * slopes the two differ in zeros and infinities.
   */
  boolean fuses() {
    float factor = (float) slope;
    return factor > 0 && Float.isFinite(factor);
  }

  @Override
  String settings() {
    return "slope=" + slope;
  }

  @Override
  void apply(float[] input, float[] output) {
    rectifier.forward(input, output);
  }

  @Override
  void derive(float[] input, float[] output, float[] gradOutput, float[] gradInput) {
    rectifier.backward(input, gradOutput, gradInput);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/** A layer without parameters that treats every element alike, in tensors of any shape. */
abstract class FloatElementwiseLayer extends FloatPlannedLayer {
  FloatElementwiseLayer() {
    super(List.of());
  }

  /** The function of each element. */
  abstract void apply(float[] input, float[] output);

  /** gradInput = gradOutput times the derivative, by whichever of input and output is handier. */
  abstract void derive(float[] input, float[] output, float[] gradOutput, float[] gradInput);

  @Override
  FloatPass prepare(int[] inputShape) {
    return new FloatPass(inputShape) {
      @Override
      void forward(float[] workspace) {
        apply(input(), output());
      }

      @Override
      void backwardInput(float[] gradOutput, float[] workspace) {
        derive(input(), output(), gradOutput, gradInput());
      }
    };
  }
}

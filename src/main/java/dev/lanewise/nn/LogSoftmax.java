// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * The logarithm of softmax over the classes, log(eˣⁱ / Σ eˣʲ) = xᵢ − log Σ eˣʲ.
 *
 * <p>The input is N×C, N×C×…, or C for a single vector; the classes are the axis C. The sum and its
 * logarithm are computed in double from differences to the greatest score, the exponentials to 2⁻⁴¹
 * of their value, for {@code double} too.
 */
public final class LogSoftmax extends FloatPlannedLayer {

  /** A layer with nothing computed yet. */
  public LogSoftmax() {
    super(List.of());
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    return new Pass(inputShape, ClassShape.of("log_softmax", inputShape));
  }

  private static final class Pass extends FloatPass {
    private final ClassShape shape;

    Pass(int[] outputShape, ClassShape shape) {
      super(outputShape);
      this.shape = shape;
    }

    @Override
    void forward(float[] workspace) {
      float[] input = input();
      float[] output = output();
      for (int vector = 0; vector < shape.vectors(); vector++) {
        int start = shape.start(vector);
        double normalizer = FloatSoftmax.logSumExp(input, start, shape.classes(), shape.inner());
        for (int i = 0; i < shape.classes(); i++) {
          int index = start + i * shape.inner();
          output[index] = (float) (input[index] - normalizer);
        }
      }
    }

    /** dxᵢ = dyᵢ − softmaxᵢ · Σ dyⱼ. */
    @Override
    void backwardInput(float[] gradOutput, float[] workspace) {
      float[] output = output();
      float[] gradInput = gradInput();
      for (int vector = 0; vector < shape.vectors(); vector++) {
        int start = shape.start(vector);
        double sum = 0;
        for (int i = 0; i < shape.classes(); i++) {
          sum += gradOutput[start + i * shape.inner()];
        }
        for (int i = 0; i < shape.classes(); i++) {
          int index = start + i * shape.inner();
          gradInput[index] = (float) (gradOutput[index] - Exponential.exp(output[index]) * sum);
        }
      }
    }
  }
}

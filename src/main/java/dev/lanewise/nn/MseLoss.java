// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * The mean squared error over all elements, as PyTorch's by default:
 *
 * <pre>loss = Σ (prediction − target)² / n,  gradient = 2/n · (prediction − target)</pre>
 *
 * <p>Without elements the loss is NaN. The differences are taken in the element type, their squares
 * are added up in double, always in the same order.
 */
public final class MseLoss {
  private final ShapeCache<Tensor> gradients = new ShapeCache<>();
  private Tensor lastPrediction;
  private Tensor lastTarget;

  /** A loss with nothing compared yet. */
  public MseLoss() {}

  /**
   * Compares two tensors. Both are the caller's and must stay unchanged until backward.
   *
   * @param prediction what the network computed
   * @param target what it should have computed
   * @return the loss
   * @throws IllegalArgumentException if the shapes differ
   * @throws NullPointerException if an argument is null
   */
  public double forward(Tensor prediction, Tensor target) {
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(target, "target");
    if (!Arrays.equals(prediction.shape, target.shape)) {
      throw new IllegalArgumentException(
          "Using a target size (%s) that is different to the prediction size (%s)"
              .formatted(target, prediction));
    }
    lastPrediction = prediction;
    lastTarget = target;
    return sumOfSquares(prediction.data, target.data) / prediction.data.length;
  }

  /**
   * The gradient of the last {@link #forward}.
   *
   * @return the gradient with respect to the prediction; the loss writes to it again at the next
   *     backward with the same shape
   * @throws IllegalStateException if there was no forward
   */
  public Tensor backward() {
    if (lastPrediction == null) {
      throw new IllegalStateException("backward before forward: there is no loss to derive");
    }
    Tensor gradient = gradients.find(lastPrediction.shape);
    if (gradient == null) {
      gradient = Tensor.zeros(lastPrediction.shape);
      gradients.add(gradient.shape, gradient);
    }
    scaledDifference(lastPrediction.data, lastTarget.data, gradient.data);
    return gradient;
  }

  private static void scaledDifference(float[] prediction, float[] target, float[] gradient) {
    float scale = (float) (2.0 / gradient.length);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = scale * (prediction[i] - target[i]);
    }
  }

  private static double sumOfSquares(float[] prediction, float[] target) {
    // Four sums at once: one would make every addition wait for the last.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i <= prediction.length - 4; i += 4) {
      double difference0 = prediction[i] - target[i];
      double difference1 = prediction[i + 1] - target[i + 1];
      double difference2 = prediction[i + 2] - target[i + 2];
      double difference3 = prediction[i + 3] - target[i + 3];
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
      sum2 += difference2 * difference2;
      sum3 += difference3 * difference3;
    }
    for (; i < prediction.length; i++) {
      double difference = prediction[i] - target[i];
      sum0 += difference * difference;
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}

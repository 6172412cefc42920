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
  private static final int SUMS = 256;

  private final double[] sums = new double[SUMS];
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

  /** Many sums at once: one would make every addition wait for the last. */
  private double sumOfSquares(float[] prediction, float[] target) {
    Arrays.fill(sums, 0);
    for (int first = 0; first < prediction.length; first += sums.length) {
      add(prediction, target, first, Math.min(sums.length, prediction.length - first));
    }
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  private void add(float[] prediction, float[] target, int first, int count) {
    for (int i = 0; i < count; i++) {
      double difference = prediction[first + i] - target[first + i];
      sums[i] += difference * difference;
    }
  }
}

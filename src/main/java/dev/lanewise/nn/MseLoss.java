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

  /** Of the last forward; null before. */
  private Tensor gradient;

  /** A loss with nothing compared yet. */
  public MseLoss() {}

  /**
   * Compares two tensors, and computes the gradient in the same sweep over memory.
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
    gradient = gradient(prediction.shape);
    return compare(prediction.data, target.data, gradient.data) / prediction.data.length;
  }

  /**
   * The gradient of the last {@link #forward}.
   *
   * @return the gradient with respect to the prediction; the loss writes to it again at the next
   *     forward with the same shape
   * @throws IllegalStateException if there was no forward
   */
  public Tensor backward() {
    if (gradient == null) {
      throw new IllegalStateException("backward before forward: there is no loss to derive");
    }
    return gradient;
  }

  private Tensor gradient(int[] shape) {
    Tensor found = gradients.find(shape);
    if (found == null) {
      found = Tensor.zeros(shape);
      gradients.add(found.shape, found);
    }
    return found;
  }

  /**
   * The sum of squares; the gradient as well, while both operands are in a cache. Many sums at
   * once: one would make every addition wait for the last.
   */
  private double compare(float[] prediction, float[] target, float[] gradient) {
    float scale = (float) (2.0 / gradient.length);
    Arrays.fill(sums, 0);
    for (int first = 0; first < prediction.length; first += sums.length) {
      int count = Math.min(sums.length, prediction.length - first);
      addSquares(prediction, target, first, count);
      scaledDifference(prediction, target, scale, gradient, first, first + count);
    }
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  private void addSquares(float[] prediction, float[] target, int first, int count) {
    for (int i = 0; i < count; i++) {
      double difference = prediction[first + i] - target[first + i];
      sums[i] += difference * difference;
    }
  }

  private static void scaledDifference(
      float[] prediction, float[] target, float scale, float[] gradient, int first, int end) {
    for (int i = first; i < end; i++) {
      gradient[i] = scale * (prediction[i] - target[i]);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.SquaredError;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The mean squared error over all elements, as PyTorch's by default:
 *
 * <pre>loss = Σ (prediction − target)² / n,  gradient = 2/n · (prediction − target)</pre>
 *
 * <p>Without elements the loss is NaN. The differences are taken in the element type, their squares
 * are added up in double, always in the same order.
 */
public final class MseLoss {
  private final ShapeCache<Comparison> comparisons = new ShapeCache<>();
  private double[] workspace = new double[0];

  /** Of the last forward; null before. */
  private Comparison last;

  /** Asked for nothing while there is one thread. */
  private Executor executor = CallingThread.EXECUTOR;

  private int threads = 1;

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
    last = comparison(prediction.shape);
    int n = prediction.data.length;
    double sum =
        last.plan.forward(
            prediction.data, target.data, (float) (2.0 / n), last.gradient.data, workspace);
    return sum / n;
  }

  /**
   * The gradient of the last {@link #forward}.
   *
   * @return the gradient with respect to the prediction; the loss writes to it again at the next
   *     forward with the same shape
   * @throws IllegalStateException if there was no forward
   */
  public Tensor backward() {
    if (last == null) {
      throw new IllegalStateException("backward before forward: there is no loss to derive");
    }
    return last.gradient;
  }

  /**
   * Lends threads to the comparison of large tensors, as {@link Layer#threads} does to layers. The
   * results have the same bits for any number of threads.
   *
   * @param executor runs the tasks; must outlive the loss's use or reject them, which is no fault
   * @param threads how many work on a call at the most, the calling thread counted
   * @throws IllegalArgumentException if threads is not positive
   * @throws NullPointerException if executor is null
   */
  public void threads(Executor executor, int threads) {
    this.executor = FloatPlannedLayer.requireThreads(executor, threads);
    this.threads = threads;
    comparisons.clear();
  }

  private Comparison comparison(int[] shape) {
    Comparison found = comparisons.find(shape);
    if (found == null) {
      Tensor gradient = Tensor.zeros(shape);
      SquaredError plan = SquaredError.of(gradient.data.length).threads(executor, threads);
      found = new Comparison(plan, gradient);
      comparisons.add(gradient.shape, found);
      if (workspace.length < plan.workspaceDoubles()) {
        workspace = new double[plan.workspaceDoubles()];
      }
    }
    return found;
  }

  /** What was prepared for one shape. */
  private record Comparison(SquaredError plan, Tensor gradient) {}
}

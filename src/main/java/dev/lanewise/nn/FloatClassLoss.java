// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Objects;

/**
 * What the losses of a classification share: the labels, and a gradient for each shape of scores.
 *
 * <p>No public method is final: the compiler repeats the others in the public losses, where
 * reflection can call them.
 */
abstract class FloatClassLoss {
  private final String operator;
  private final ShapeCache<Prepared> prepared = new ShapeCache<>();
  private Prepared last;
  private Tensor lastScores;
  private int[] lastLabels;

  FloatClassLoss(String operator) {
    this.operator = operator;
  }

  /** The mean over all vectors. */
  abstract double loss(ClassShape shape, float[] scores, int[] labels);

  /** Overwrites {@code gradient}. */
  abstract void derive(ClassShape shape, float[] scores, int[] labels, float[] gradient);

  /**
   * Compares. Both arguments are the caller's and must stay unchanged until backward.
   *
   * @param scores what the network computed for every class
   * @param labels the right class of each vector, from 0
   * @return the loss
   * @throws IllegalArgumentException if there are not as many labels as vectors, or one is no class
   * @throws NullPointerException if an argument is null
   */
  public double forward(Tensor scores, int[] labels) {
    Objects.requireNonNull(scores, "scores");
    Objects.requireNonNull(labels, "labels");
    Prepared found = prepared.find(scores.shape);
    if (found == null) {
      found = new Prepared(ClassShape.of(operator, scores.shape), Tensor.zeros(scores.shape));
      prepared.add(scores.shape, found);
    }
    found.shape.requireLabels(labels);
    last = found;
    lastScores = scores;
    lastLabels = labels;
    return loss(found.shape, scores.data, labels);
  }

  /**
   * The gradient of the last {@link #forward}.
   *
   * @return the gradient with respect to the scores; the loss writes to it again at the next
   *     backward with the same shape
   * @throws IllegalStateException if there was no forward
   */
  public Tensor backward() {
    if (last == null) {
      throw new IllegalStateException("backward before forward: there is no loss to derive");
    }
    derive(last.shape, lastScores.data, lastLabels, last.gradient.data);
    return last.gradient;
  }

  private record Prepared(ClassShape shape, Tensor gradient) {}
}

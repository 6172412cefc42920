// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;

/**
 * The negative log-likelihood of the right classes, as PyTorch's by default the mean over all
 * vectors:
 *
 * <pre>loss = −Σ scores[n, label[n]] / N,  gradient = −1/N at the labels, 0 elsewhere</pre>
 *
 * <p>The scores are logarithms of probabilities, such as {@link LogSoftmax} gives: N×C, N×C×…, or C
 * for a single vector. Every vector along C has a label, in row-major order of the other axes.
 * Without vectors the loss is NaN. The sum is taken in double, always in the same order.
 */
public final class NllLoss extends FloatClassLoss {

  /** A loss with nothing compared yet. */
  public NllLoss() {
    super("nll_loss");
  }

  @Override
  double loss(ClassShape shape, float[] scores, int[] labels) {
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      sum -= scores[shape.start(n) + labels[n] * shape.inner()];
    }
    return sum / labels.length;
  }

  @Override
  void derive(ClassShape shape, float[] scores, int[] labels, float[] gradient) {
    Arrays.fill(gradient, 0);
    float share = (float) (-1.0 / labels.length);
    for (int n = 0; n < labels.length; n++) {
      gradient[shape.start(n) + labels[n] * shape.inner()] = share;
    }
  }
}

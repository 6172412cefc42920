// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * The cross-entropy between softmax and the right classes, as PyTorch's by default the mean over
 * all vectors. It is {@link LogSoftmax} and {@link NllLoss} in one:
 *
 * <pre>
 * loss = Σ (log Σ exp(scores[n, c]) − scores[n, label[n]]) / N
 * gradient[n, c] = (softmax(scores[n])[c] − (1 if c = label[n] else 0)) / N
 * </pre>
 *
 * <p>The scores may be any numbers: N×C, N×C×…, or C for a single vector. Every vector along C has
 * a label, in row-major order of the other axes. Without vectors the loss is NaN. Sums are taken in
 * double, always in the same order.
 */
public final class CrossEntropyLoss extends FloatClassLoss {

  /** A loss with nothing compared yet. */
  public CrossEntropyLoss() {
    super("cross_entropy_loss");
  }

  @Override
  double loss(ClassShape shape, float[] scores, int[] labels) {
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      int start = shape.start(n);
      sum += FloatSoftmax.logSumExp(scores, start, shape.classes(), shape.inner());
      sum -= scores[start + labels[n] * shape.inner()];
    }
    return sum / labels.length;
  }

  @Override
  void derive(ClassShape shape, float[] scores, int[] labels, float[] gradient) {
    double share = 1.0 / labels.length;
    for (int n = 0; n < labels.length; n++) {
      int start = shape.start(n);
      double normalizer = FloatSoftmax.logSumExp(scores, start, shape.classes(), shape.inner());
      for (int c = 0; c < shape.classes(); c++) {
        int index = start + c * shape.inner();
        double expected = c == labels[n] ? 1 : 0;
        gradient[index] =
            (float) ((Exponential.exp(scores[index] - normalizer) - expected) * share);
      }
    }
  }
}

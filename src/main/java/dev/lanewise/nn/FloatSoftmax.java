// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/** Logarithms of softmax, one vector at a time, computed in double. */
final class FloatSoftmax {
  private FloatSoftmax() {}

  /** log Σ exp(xᵢ) over a vector, without overflow. */
  static double logSumExp(float[] scores, int start, int count, int step) {
    double maximum = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      maximum = Math.max(maximum, scores[start + i * step]);
    }
    if (maximum == Double.NEGATIVE_INFINITY) {
      return maximum;
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Exponential.exp(scores[start + i * step] - maximum);
    }
    return maximum + StrictMath.log(sum);
  }
}

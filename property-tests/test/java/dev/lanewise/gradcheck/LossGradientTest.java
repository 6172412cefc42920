// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import dev.lanewise.nn.DoubleCrossEntropyLoss;
import dev.lanewise.nn.DoubleMseLoss;
import dev.lanewise.nn.DoubleNllLoss;
import dev.lanewise.nn.DoubleTensor;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.reference.GradientCheck;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The gradients of the losses. */
class LossGradientTest {
  private final SplitMix64 random = new SplitMix64(0);

  @Test
  void meanSquaredError() {
    var loss = new DoubleMseLoss();
    for (int elements = 1; elements <= 9; elements++) {
      DoubleTensor prediction = Numbers.random(random, elements, 3);
      DoubleTensor target = Numbers.random(random, elements, 3);
      loss.forward(prediction, target);
      GradientCheck.require(
          "gradient of the prediction",
          point -> loss.forward(prediction, target),
          prediction.data(),
          loss.backward().data().clone());
    }
  }

  @Test
  void negativeLogLikelihood() {
    var loss = new DoubleNllLoss();
    for (int[] shape : new int[][] {{5, 4}, {4}, {2, 3, 2, 3}}) {
      DoubleTensor scores = Numbers.random(random, shape);
      int[] labels = labels(shape);
      loss.forward(scores, labels);
      GradientCheck.require(
          "gradient of the scores",
          point -> loss.forward(scores, labels),
          scores.data(),
          loss.backward().data().clone());
    }
  }

  @Test
  void crossEntropy() {
    var loss = new DoubleCrossEntropyLoss();
    for (int[] shape : new int[][] {{5, 4}, {4}, {2, 3, 2, 3}}) {
      DoubleTensor scores = Numbers.random(random, shape);
      int[] labels = labels(shape);
      loss.forward(scores, labels);
      GradientCheck.require(
          "gradient of the scores",
          point -> loss.forward(scores, labels),
          scores.data(),
          loss.backward().data().clone());
    }
  }

  /** One random class for each vector of a tensor of this shape. */
  private int[] labels(int[] shape) {
    int classes = shape[Math.min(1, shape.length - 1)];
    int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return random.ints(elements / classes, 0, classes).toArray();
  }
}

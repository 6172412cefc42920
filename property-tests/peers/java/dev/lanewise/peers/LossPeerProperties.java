// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.NllLoss;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bytedeco.pytorch.global.torch;

/** Every loss and its gradient against PyTorch's, on random tensors. */
class LossPeerProperties {

  /** A sum of n squares of at most 4, or a difference of two numbers of at most 1. */
  @Property
  void meanSquaredError(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Tensor prediction = LayerCase.random(random, random.nextInt(1, 20), random.nextInt(1, 70));
    Tensor target = LayerCase.random(random, prediction.shape());
    MseLoss loss = new MseLoss();
    double value = loss.forward(prediction, target);
    int elements = target.data().length;
    require(
        (x, p) -> torch.mse_loss(x, Torch.of(target)),
        prediction,
        value,
        loss.backward(),
        elements,
        4,
        4.0 / elements);
  }

  @Property
  void negativeLogLikelihood(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Tensor scores = LayerCase.random(random, random.nextInt(1, 70), random.nextInt(2, 20));
    int[] labels = labels(random, scores);
    Tensor logProbabilities = new LogSoftmax().forward(scores);
    NllLoss loss = new NllLoss();
    double value = loss.forward(logProbabilities, labels);
    require(
        (x, p) -> torch.nll_loss(x, Torch.labels(labels)),
        logProbabilities,
        value,
        loss.backward(),
        labels.length,
        2 + Math.log(scores.size(1)),
        1.0 / labels.length);
  }

  /**
   * For C classes and scores of at most R each vector's loss has parts of at most L = 2R + log C + 1
   * and passes C + 16 roundings besides those of the mean; an error of the loss is a relative one of
   * softmax.
   */
  @Property
  void crossEntropy(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Tensor scores = LayerCase.random(random, random.nextInt(1, 70), random.nextInt(2, 20));
    double range = random.nextDouble(0, 20);
    for (int i = 0; i < scores.data().length; i++) {
      scores.data()[i] *= (float) range;
    }
    int[] labels = labels(random, scores);
    CrossEntropyLoss loss = new CrossEntropyLoss();
    double value = loss.forward(scores, labels);
    double largest = 2 * range + Math.log(scores.size(1)) + 1;
    require(
        (x, p) -> torch.cross_entropy_loss(x, Torch.labels(labels)),
        scores,
        value,
        loss.backward(),
        labels.length + scores.size(1) + 16,
        largest,
        (1 + largest) / labels.length);
  }

  private static int[] labels(SplitMix64 random, Tensor scores) {
    return random.ints(scores.size(0), 0, scores.size(1)).toArray();
  }

  private static void require(
      Torch.Function function,
      Tensor input,
      double value,
      Tensor gradient,
      long roundings,
      double magnitude,
      double gradientMagnitude) {
    Torch.Result theirs = Torch.run(function, input, List.of(), new float[] {1});
    float[] magnitudes = new float[input.data().length];
    Arrays.fill(magnitudes, (float) gradientMagnitude);
    Compared.require(
        "loss",
        roundings,
        theirs.output(),
        new float[] {(float) value},
        new float[] {(float) magnitude});
    Compared.require("gradient", roundings, theirs.gradInput(), gradient.data(), magnitudes);
  }
}

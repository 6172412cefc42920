// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import dev.lanewise.examples.data.BatchOrder;
import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/** Learns the sum of three numbers, with dropout, from eleven examples in batches of two. */
final class SmallLearner implements Learner {
  static final int PICTURES = 11;
  static final int BATCHES = 6;

  private final BatchOrder order = new BatchOrder(PICTURES, 2);
  private final Sequential network;
  private final Optimizer optimizer;
  private final MseLoss loss = new MseLoss();

  SmallLearner(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    network =
        Sequential.of(
            Linear.of(3, 8).build(random), Dropout.of(0.25, random), Linear.of(8, 1).build(random));
    optimizer = Adam.of(network.parameters()).build();
  }

  float[] weights() {
    return network.parameters().getFirst().value().data();
  }

  @Override
  public Sequential network() {
    return network;
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public int batches() {
    return order.batches();
  }

  @Override
  public int pictures(int batch) {
    return order.size(batch);
  }

  @Override
  public void shuffle(RandomGenerator random) {
    order.shuffle(random);
  }

  @Override
  public double learn(int batch) {
    network.training(true);
    optimizer.zeroGrad();
    double value = lossOf(batch);
    network.backwardParameters(loss.backward());
    optimizer.step();
    return value;
  }

  @Override
  public List<Measure> measures() {
    return List.of(new Measure("testLoss", "test loss %.3f"), new Measure("twice", "twice %.3f"));
  }

  @Override
  public double[] test() {
    network.training(false);
    double value = lossOf(0);
    return new double[] {value, 2 * value};
  }

  private double lossOf(int batch) {
    Tensor input = Tensor.zeros(order.size(batch), 3);
    Tensor target = Tensor.zeros(order.size(batch), 1);
    for (int i = 0; i < order.size(batch); i++) {
      int example = order.example(batch, i);
      float[] numbers = {example * 0.1f, 1 - example * 0.05f, example % 3 * 0.3f};
      System.arraycopy(numbers, 0, input.data(), 3 * i, 3);
      target.data()[i] = numbers[0] + numbers[1] + numbers[2];
    }
    return loss.forward(network.forward(input), target);
  }
}

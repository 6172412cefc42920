// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.ConvTranspose2dLayer;
import dev.lanewise.nn.CrossEntropyLoss;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Dropout2d;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Initializers;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.NearestUpsampling;
import dev.lanewise.nn.NllLoss;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Sigmoid;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import dev.lanewise.nn.TorchSgd;
import dev.lanewise.reference.NumbersPolicy;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/**
 * A hundred steps of the three networks, from the same weights, on the same batches and with the
 * same {@link Choices}.
 */
class TrainingPeerTest {
  private static final int STEPS = 100;
  private static final int BATCH = 16;

  private final SplitMix64 random = new SplitMix64(1);

  @Test
  void autoencoder() {
    Sequential network =
        Sequential.of(
            Conv2dLayer.of(1, 10, 3).build(random), ConvTranspose2dLayer.of(10, 1, 3).build(random));
    MseLoss loss = new MseLoss();
    train(
        network,
        Adam.of(network.parameters()).build(),
        parameters -> adam(parameters, 1e-3),
        new int[] {BATCH, 1, 28, 28},
        (output, input, labels) -> {
          loss.forward(output, input);
          return loss.backward();
        },
        (input, labels, p, step) ->
            torch.mse_loss(
                torch.conv_transpose2d(
                    convolution(input, p, 0, 1, 0),
                    p.get(2),
                    new TensorOptional(p.get(3)),
                    new long[] {1, 1},
                    new long[] {0, 0},
                    new long[] {0, 0},
                    1,
                    1,
                    1),
                input));
  }

  /** PyTorch drops what ours drops: two more layers, with the same seeds, say what that is. */
  @Test
  void classifier() {
    Layer planes = Dropout2d.of(0.5, new SplitMix64(7));
    Layer elements = Dropout.of(0.5, new SplitMix64(8));
    Sequential network =
        Sequential.of(
            Conv2dLayer.of(1, 10, 5).build(random),
            MaxPool2d.of(2).build(),
            new ReLU(),
            Conv2dLayer.of(10, 20, 5).build(random),
            Dropout2d.of(0.5, new SplitMix64(7)),
            MaxPool2d.of(2).build(),
            new ReLU(),
            new Flatten(),
            Linear.of(320, 50).build(random),
            new ReLU(),
            Dropout.of(0.5, new SplitMix64(8)),
            Linear.of(50, 10).build(random),
            new LogSoftmax());
    NllLoss loss = new NllLoss();
    train(
        network,
        TorchSgd.of(network.parameters()).learningRate(0.01).momentum(0.9).nesterov().build(),
        TrainingPeerTest::sgd,
        new int[] {BATCH, 1, 28, 28},
        (output, input, labels) -> {
          loss.forward(output, labels);
          return loss.backward();
        },
        (input, labels, p, choices) -> {
          var x = choices.relu(choices.maxPool(convolution(input, p, 0, 1, 0), 1), 2);
          x = convolution(x, p, 2, 1, 0).mul(kept(planes, BATCH, 20, 8, 8));
          x = torch.flatten(choices.relu(choices.maxPool(x, 5), 6), 1, -1);
          x = choices.relu(torch.linear(x, p.get(4), new TensorOptional(p.get(5))), 9);
          x = x.mul(kept(elements, BATCH, 50));
          x = torch.linear(x, p.get(6), new TensorOptional(p.get(7)));
          return torch.nll_loss(torch.log_softmax(x, 1), Torch.labels(labels));
        });
  }

  @Test
  void classifierWithCrossEntropy() {
    Sequential network =
        Sequential.of(
            Conv2dLayer.of(1, 4, 5).stride(2).build(random),
            new ReLU(),
            new Flatten(),
            Linear.of(4 * 12 * 12, 10).build(random));
    CrossEntropyLoss loss = new CrossEntropyLoss();
    train(
        network,
        TorchSgd.of(network.parameters()).learningRate(0.01).momentum(0.9).nesterov().build(),
        TrainingPeerTest::sgd,
        new int[] {BATCH, 1, 28, 28},
        (output, input, labels) -> {
          loss.forward(output, labels);
          return loss.backward();
        },
        (input, labels, p, choices) -> {
          var x = torch.flatten(choices.relu(convolution(input, p, 0, 2, 0), 1), 1, -1);
          return torch.cross_entropy_loss(
              torch.linear(x, p.get(2), new TensorOptional(p.get(3))), Torch.labels(labels));
        });
  }

  @Test
  void denoiser() {
    Sequential network =
        Sequential.of(
            Conv2dLayer.of(3, 16, 3).padding(1).build(random),
            new ReLU(),
            Conv2dLayer.of(16, 32, 3).stride(2).padding(1).build(random),
            new ReLU(),
            NearestUpsampling.of(2),
            Conv2dLayer.of(32, 3, 3).padding(1).build(random),
            new Sigmoid());
    MseLoss loss = new MseLoss();
    train(
        network,
        Adam.of(network.parameters()).build(),
        parameters -> adam(parameters, 1e-3),
        new int[] {BATCH, 3, 32, 32},
        (output, input, labels) -> {
          loss.forward(output, input);
          return loss.backward();
        },
        (input, labels, p, choices) -> {
          var x = choices.relu(convolution(input, p, 0, 1, 1), 1);
          x = choices.relu(convolution(x, p, 2, 2, 1), 3);
          x =
              torch.upsample_nearest2d(
                  x, new long[] {32, 32}, new DoubleOptional(2), new DoubleOptional(2));
          return torch.mse_loss(torch.sigmoid(convolution(x, p, 4, 1, 1)), input);
        });
  }

  /** The gradient of our loss. */
  @FunctionalInterface
  private interface Loss {
    Tensor derive(Tensor output, Tensor input, int[] labels);
  }

  /** PyTorch's loss, through PyTorch's network. */
  @FunctionalInterface
  private interface PeerLoss {
    org.bytedeco.pytorch.Tensor of(
        org.bytedeco.pytorch.Tensor input,
        int[] labels,
        List<org.bytedeco.pytorch.Tensor> parameters,
        Choices choices);
  }

  /** Makes an optimizer of PyTorch's. */
  @FunctionalInterface
  private interface PeerOptimizer {
    org.bytedeco.pytorch.Optimizer of(TensorVector parameters);
  }

  private void train(
      Sequential network,
      Optimizer optimizer,
      PeerOptimizer peerOptimizer,
      int[] shape,
      Loss loss,
      PeerLoss peerLoss) {
    Tensor patterns = LayerCase.random(random, 10, shape[1], shape[2], shape[3]);
    List<float[]> start =
        network.parameters().stream().map(p -> p.value().data().clone()).toList();
    try (PointerScope scope = new PointerScope()) {
      List<org.bytedeco.pytorch.Tensor> theirs =
          network.parameters().stream().map(p -> Torch.variable(p.value())).toList();
      TensorVector vector =
          new TensorVector(theirs.toArray(org.bytedeco.pytorch.Tensor[]::new));
      scope.attach(vector);
      org.bytedeco.pytorch.Optimizer peer = peerOptimizer.of(vector);
      for (int step = 0; step < STEPS; step++) {
        int[] labels = random.ints(BATCH, 0, 10).toArray();
        Tensor input = pictures(patterns, labels, shape);
        optimizer.zeroGrad();
        Choices choices = Choices.of(network, input, step + 1);
        network.backwardParameters(loss.derive(choices.output(), input, labels));
        optimizer.step();
        try (PointerScope ofStep = new PointerScope()) {
          org.bytedeco.pytorch.Tensor value =
              peerLoss.of(Torch.of(input), labels, theirs, choices);
          ofStep.attach(value);
          peer.zero_grad();
          value.backward();
          peer.step();
        }
      }
      for (int i = 0; i < start.size(); i++) {
        Parameter ours = network.parameters().get(i);
        NumbersPolicy.requireSameCourse(
            ours.name(),
            STEPS,
            LayerCase.doubles(start.get(i)),
            LayerCase.doubles(Torch.values(theirs.get(i))),
            LayerCase.doubles(ours.value().data()));
      }
    }
  }

  /** The pattern of each label, and noise: there is something to learn. */
  private Tensor pictures(Tensor patterns, int[] labels, int[] shape) {
    Tensor pictures = Tensor.zeros(shape);
    Initializers.uniform(pictures, -0.3, 0.3, random);
    int elements = pictures.data().length / labels.length;
    for (int i = 0; i < pictures.data().length; i++) {
      float pattern = patterns.data()[labels[i / elements] * elements + i % elements];
      pictures.data()[i] += 0.5f + 0.5f * pattern;
    }
    return pictures;
  }

  private static org.bytedeco.pytorch.Tensor convolution(
      org.bytedeco.pytorch.Tensor input,
      List<org.bytedeco.pytorch.Tensor> parameters,
      int weight,
      long stride,
      long padding) {
    return torch.conv2d(
        input,
        parameters.get(weight),
        new TensorOptional(parameters.get(weight + 1)),
        new long[] {stride, stride},
        new long[] {padding, padding},
        new long[] {1, 1},
        1);
  }

  private static org.bytedeco.pytorch.Tensor kept(Layer dropout, int... shape) {
    Tensor ones = Tensor.zeros(shape);
    Arrays.fill(ones.data(), 1);
    return Torch.of(dropout.forward(ones));
  }

  private static org.bytedeco.pytorch.Optimizer adam(TensorVector parameters, double rate) {
    return new org.bytedeco.pytorch.Adam(parameters, new AdamOptions(rate));
  }

  private static org.bytedeco.pytorch.Optimizer sgd(TensorVector parameters) {
    SGDOptions options = new SGDOptions(0.01);
    options.momentum().put(0.9);
    options.nesterov().put(true);
    return new SGD(parameters, options);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.startup;

import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Inference;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tensor;
import java.util.SplittableRandom;

/** The network as Lanewise's layers, made ready for {@link Inference}. */
final class LanewiseClassifier implements MnistNetwork.Classifier {
  private final Inference layers;
  private final Tensor image;

  LanewiseClassifier(MnistNetwork network) {
    SplittableRandom overwritten = new SplittableRandom();
    Sequential trained =
        Sequential.of(
            with(network.convolution1(), Conv2dLayer.of(1, 10, 5).withoutBias().build(overwritten)),
            MaxPool2d.of(2).build(),
            new ReLU(),
            with(
                network.convolution2(), Conv2dLayer.of(10, 20, 5).withoutBias().build(overwritten)),
            MaxPool2d.of(2).build(),
            new ReLU(),
            new Flatten(),
            with(network.linear1(), Linear.of(320, 50).withoutBias().build(overwritten)),
            new ReLU(),
            with(network.linear2(), Linear.of(50, 10).withoutBias().build(overwritten)));
    this.layers = Inference.of(trained).build(1, 1, 28, 28);
    this.image = Tensor.of(network.image(), 1, 1, 28, 28);
  }

  @Override
  public float[] scores() {
    return layers.forward(image).data();
  }

  private static Layer with(float[] weight, Layer layer) {
    System.arraycopy(weight, 0, layer.parameters().getFirst().value().data(), 0, weight.length);
    return layer;
  }
}

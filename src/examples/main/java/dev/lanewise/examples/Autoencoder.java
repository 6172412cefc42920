// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.report.TrainingProgress;
import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.ConvTranspose2dLayer;
import dev.lanewise.nn.Initializers;
import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tensor;
import java.util.random.RandomGenerator;

/**
 * A convolution of 1 to 10 channels and a transposed convolution back, both 3×3 with bias, that
 * learn to give back the image they are given: mean squared error, Adam.
 *
 * <p>The weights start Kaiming uniform, the encoder's with a = √9 and the decoder's with a = √10;
 * the biases as PyTorch's.
 */
final class Autoencoder {
  static final int CHANNELS = 10;
  static final int KERNEL = 3;

  private final Conv2dLayer encoder;
  private final ConvTranspose2dLayer decoder;
  private final Sequential network;
  private final MseLoss loss = new MseLoss();
  private final Optimizer optimizer;

  Autoencoder(double learningRate, RandomGenerator random) {
    encoder = Conv2dLayer.of(1, CHANNELS, KERNEL).build(random);
    decoder = ConvTranspose2dLayer.of(CHANNELS, 1, KERNEL).build(random);
    Initializers.kaimingUniform(encoder.weight().value(), Math.sqrt(9), random);
    Initializers.kaimingUniform(decoder.weight().value(), Math.sqrt(10), random);
    network = Sequential.of(encoder, decoder);
    optimizer = Adam.of(network.parameters()).learningRate(learningRate).build();
  }

  Conv2dLayer encoder() {
    return encoder;
  }

  ConvTranspose2dLayer decoder() {
    return decoder;
  }

  /** Learns from every batch once, in a new order. */
  void trainEpoch(int epoch, Batches batches, RandomGenerator random, TrainingProgress progress) {
    batches.shuffle(random);
    MeanLoss epochLoss = new MeanLoss();
    for (int b = 0; b < batches.count(); b++) {
      Tensor images = batches.load(b);
      epochLoss.add(trainStep(images), images.size(0));
      progress.batchDone(epoch, images.size(0), epochLoss.mean());
    }
    progress.epochDone(epoch, epochLoss.mean());
  }

  /** The mean squared error over all pixels of all batches. */
  double loss(Batches batches) {
    MeanLoss total = new MeanLoss();
    for (int b = 0; b < batches.count(); b++) {
      Tensor images = batches.load(b);
      total.add(loss.forward(network.forward(images), images), images.size(0));
    }
    return total.mean();
  }

  /** What the network makes of some images; valid until its next use. */
  Tensor reconstruct(Tensor images) {
    return network.forward(images);
  }

  private double trainStep(Tensor images) {
    optimizer.zeroGrad();
    double value = loss.forward(network.forward(images), images);
    network.backwardParameters(loss.backward());
    optimizer.step();
    return value;
  }

  /** The mean over images of losses that are means over batches. */
  private static final class MeanLoss {
    private double sum;
    private long images;

    void add(double batchMean, int batchImages) {
      sum += batchMean * batchImages;
      images += batchImages;
    }

    double mean() {
      return sum / images;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.autoencoder;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.training.Learner;
import dev.lanewise.examples.training.Measure;
import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.ConvTranspose2dLayer;
import dev.lanewise.nn.Initializers;
import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A convolution of 1 to 10 channels and a transposed convolution back, both 3×3 with bias, that
 * learn to give back the image they are given: mean squared error, Adam.
 *
 * <p>The weights start Kaiming uniform, the encoder's with a = √9 and the decoder's with a = √10;
 * the biases as PyTorch's.
 */
final class Autoencoder implements Learner {
  static final int CHANNELS = 10;
  static final int KERNEL = 3;

  private final Conv2dLayer encoder;
  private final ConvTranspose2dLayer decoder;
  private final Sequential network;
  private final MseLoss loss = new MseLoss();
  private final Optimizer optimizer;
  private final Batches train;
  private final Batches test;

  Autoencoder(Batches train, Batches test, RandomGenerator random) {
    this.train = train;
    this.test = test;
    encoder = Conv2dLayer.of(1, CHANNELS, KERNEL).build(random);
    decoder = ConvTranspose2dLayer.of(CHANNELS, 1, KERNEL).build(random);
    Initializers.kaimingUniform(encoder.weight().value(), Math.sqrt(9), random);
    Initializers.kaimingUniform(decoder.weight().value(), Math.sqrt(10), random);
    network = Sequential.of(encoder, decoder);
    optimizer = Adam.of(network.parameters()).build();
  }

  Conv2dLayer encoder() {
    return encoder;
  }

  ConvTranspose2dLayer decoder() {
    return decoder;
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
    return train.count();
  }

  @Override
  public int pictures(int batch) {
    return train.size(batch);
  }

  @Override
  public void shuffle(RandomGenerator random) {
    train.shuffle(random);
  }

  @Override
  public double learn(int batch) {
    Tensor images = train.load(batch);
    optimizer.zeroGrad();
    double value = loss.forward(network.forward(images), images);
    network.backwardParameters(loss.backward());
    optimizer.step();
    return value;
  }

  @Override
  public List<Measure> measures() {
    return List.of(new Measure("testLoss", "test loss %.8f"));
  }

  /** The mean squared error over all pixels of the test set. */
  @Override
  public double[] test() {
    double sum = 0;
    long images = 0;
    for (int b = 0; b < test.count(); b++) {
      Tensor batch = test.load(b);
      sum += loss.forward(network.forward(batch), batch) * batch.size(0);
      images += batch.size(0);
    }
    return new double[] {sum / images};
  }

  /** What the network makes of some images; valid until its next use. */
  Tensor reconstruct(Tensor images) {
    return network.forward(images);
  }
}

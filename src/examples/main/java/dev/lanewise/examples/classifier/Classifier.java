// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.classifier;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.naive.NaiveTraining;
import dev.lanewise.examples.training.Learner;
import dev.lanewise.examples.training.Measure;
import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Dropout2d;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.NllLoss;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two convolutions of 5×5, each with max-pooling by 2, and two linear layers, with dropout of half
 * the second convolution's channels and of half the first linear layer's elements. The weights
 * start as PyTorch's.
 *
 * <pre>
 * 1×28×28 → conv 5×5 → 10×24×24 → pool → 10×12×12 → ReLU
 *         → conv 5×5 → 20×8×8 → dropout → pool → 20×4×4 → ReLU
 *         → 320 → linear → 50 → ReLU → dropout → linear → 10 → log-softmax
 * </pre>
 *
 * <p>It learns by Adam from the negative log-likelihood of the right digits. Pixels are shifted and
 * scaled so that those of MNIST's training set have mean 0 and standard deviation 1.
 */
final class Classifier implements Learner {
  static final int DIGITS = 10;

  /** Rows and columns of the only pictures whose features fill the first linear layer. */
  static final int SIDE = 28;

  private static final int KERNEL = 5;
  private static final int POOL = 2;
  private static final double DROPPED = 0.5;

  /** The mean of the pixels of MNIST's training set, from 0 to 1. */
  private static final float PIXEL_MEAN = 0.1307f;

  /** Their standard deviation. */
  private static final float PIXEL_DEVIATION = 0.3081f;

  private final Sequential network;
  private final NllLoss loss = new NllLoss();
  private final Optimizer optimizer;
  private final Batches train;
  private final Batches test;

  Classifier(Batches train, Batches test, RandomGenerator random) {
    this.train = train;
    this.test = test;
    network =
        Sequential.of(
            Conv2dLayer.of(1, 10, KERNEL).build(random),
            MaxPool2d.of(POOL).build(),
            new ReLU(),
            Conv2dLayer.of(10, 20, KERNEL).build(random),
            Dropout2d.of(DROPPED, random),
            MaxPool2d.of(POOL).build(),
            new ReLU(),
            new Flatten(),
            Linear.of(320, 50).build(random),
            new ReLU(),
            Dropout.of(DROPPED, random),
            Linear.of(50, DIGITS).build(random),
            new LogSoftmax());
    optimizer = Adam.of(network.parameters()).build();
  }

  /** The two convolutions as everyone writes them first. */
  static NaiveTraining naiveConvolutions() {
    int pooled = (SIDE - KERNEL + 1) / POOL;
    return new NaiveTraining()
        .convolution(1, SIDE, SIDE, 10, KERNEL)
        .convolution(10, pooled, pooled, 20, KERNEL);
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
    network.training(true);
    Tensor images = train.load(batch);
    normalize(images.data());
    optimizer.zeroGrad();
    double value = loss.forward(network.forward(images), train.labels(batch));
    network.backwardParameters(loss.backward());
    optimizer.step();
    return value;
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        new Measure("testLoss", "test loss %.5f"),
        new Measure("testAccuracyPercent", "%.2f %% of the test digits right"));
  }

  /** The mean loss and how many of a hundred test digits are read right, without dropout. */
  @Override
  public double[] test() {
    network.training(false);
    double sum = 0;
    int right = 0;
    int images = 0;
    for (int b = 0; b < test.count(); b++) {
      Tensor batch = test.load(b);
      normalize(batch.data());
      Tensor scores = network.forward(batch);
      int[] labels = test.labels(b);
      sum += loss.forward(scores, labels) * labels.length;
      for (int i = 0; i < labels.length; i++) {
        right += likeliest(scores, i) == labels[i] ? 1 : 0;
      }
      images += labels.length;
    }
    return new double[] {sum / images, 100.0 * right / images};
  }

  /** Which digit the network takes a picture 1×1×28×28 for. */
  int read(Tensor image) {
    network.training(false);
    Tensor normalized = Tensor.of(image.data().clone(), image.shape());
    normalize(normalized.data());
    return likeliest(network.forward(normalized), 0);
  }

  private static void normalize(float[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (pixels[i] - PIXEL_MEAN) / PIXEL_DEVIATION;
    }
  }

  private static int likeliest(Tensor scores, int image) {
    int first = image * DIGITS;
    int likeliest = 0;
    for (int digit = 1; digit < DIGITS; digit++) {
      if (scores.data()[first + digit] > scores.data()[first + likeliest]) {
        likeliest = digit;
      }
    }
    return likeliest;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.ConvTranspose2dLayer;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Dropout2d;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.NearestUpsampling;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Sigmoid;
import dev.lanewise.nn.SplitMix64;

/** The networks of seeds 000, 002 and 004 as the examples train them, at the examples' batches. */
public enum SeedNetwork {
  /** Seed 000: the mean squared error between a digit and what becomes of it; Adam. */
  AUTOENCODER(1, 28, 8) {
    @Override
    public Sequential build(double dropout, long seed) {
      SplitMix64 random = new SplitMix64(seed);
      return Sequential.of(
          Conv2dLayer.of(1, 10, 3).build(random), ConvTranspose2dLayer.of(10, 1, 3).build(random));
    }
  },

  /** Seed 002: the negative log-likelihood of a digit's label; Adam. */
  CLASSIFIER(1, 28, 16) {
    @Override
    public Sequential build(double dropout, long seed) {
      SplitMix64 random = new SplitMix64(seed);
      return Sequential.of(
          Conv2dLayer.of(1, 10, 5).build(random),
          MaxPool2d.of(2).build(),
          new ReLU(),
          Conv2dLayer.of(10, 20, 5).build(random),
          Dropout2d.of(dropout, random),
          MaxPool2d.of(2).build(),
          new ReLU(),
          new Flatten(),
          Linear.of(320, 50).build(random),
          new ReLU(),
          Dropout.of(dropout, random),
          Linear.of(50, CLASSES).build(random),
          new LogSoftmax());
    }
  },

  /** Seed 004: the mean squared error between a denoised picture and another noisy one; Adam. */
  DENOISER(3, 32, 8) {
    @Override
    public Sequential build(double dropout, long seed) {
      SplitMix64 random = new SplitMix64(seed);
      return Sequential.of(
          Conv2dLayer.of(3, 16, 3).padding(1).build(random),
          new ReLU(),
          Conv2dLayer.of(16, 32, 3).stride(2).padding(1).build(random),
          new ReLU(),
          NearestUpsampling.of(2),
          Conv2dLayer.of(32, 3, 3).padding(1).build(random),
          new Sigmoid());
    }
  };

  /** Of the classifier: the digits. */
  public static final int CLASSES = 10;

  /** Of Adam, which is its default. */
  public static final double LEARNING_RATE = 0.001;

  /** What the classifier drops in training. */
  public static final double DROPOUT = 0.5;

  private final int channels;
  private final int side;
  private final int batch;

  SeedNetwork(int channels, int side, int batch) {
    this.channels = channels;
    this.side = side;
    this.batch = batch;
  }

  /**
   * A new network, whose parameters a seed decides.
   *
   * @param dropout with what probability the classifier drops something
   */
  public abstract Sequential build(double dropout, long seed);

  /** What trains it. */
  public Optimizer optimizer(Sequential network) {
    return Adam.of(network.parameters()).learningRate(LEARNING_RATE).build();
  }

  /** Channels of its pictures. */
  public int channels() {
    return channels;
  }

  /** Rows and columns of its pictures. */
  public int side() {
    return side;
  }

  /** Pictures in a step of the example. */
  public int batch() {
    return batch;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.NllLoss;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tensor;
import java.util.List;
import java.util.concurrent.Executor;

/** Trains one of the networks by Lanewise, as the examples do. */
public final class LanewiseTraining implements Training {
  private final SeedNetwork kind;
  private final Sequential network;
  private final Optimizer optimizer;
  private final MseLoss mse = new MseLoss();
  private final NllLoss nll = new NllLoss();

  /** A new network. */
  public LanewiseTraining(SeedNetwork kind, double dropout, long seed) {
    this.kind = kind;
    this.network = kind.build(dropout, seed);
    this.optimizer = kind.optimizer(network);
    network.training(true);
  }

  /** Lends threads to the layers and the loss, as {@link Sequential#threads}. */
  public void threads(Executor executor, int threads) {
    network.threads(executor, threads);
    mse.threads(executor, threads);
  }

  /** What it learns, in the order of the layers. */
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public double step(StepData data) {
    Tensor pictures = tensor(data.pictures(), data.batch());
    optimizer.zeroGrad();
    Tensor output = network.forward(pictures);
    double value;
    switch (kind) {
      case AUTOENCODER -> {
        value = mse.forward(output, pictures);
        network.backwardParameters(mse.backward());
      }
      case DENOISER -> {
        value = mse.forward(output, tensor(data.targets(), data.batch()));
        network.backwardParameters(mse.backward());
      }
      case CLASSIFIER -> {
        value = nll.forward(output, data.labels());
        network.backwardParameters(nll.backward());
      }
      default -> throw new AssertionError(kind);
    }
    optimizer.step();
    return value;
  }

  private Tensor tensor(float[] pixels, int batch) {
    return Tensor.of(pixels, batch, kind.channels(), kind.side(), kind.side());
  }
}

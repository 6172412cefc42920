// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.NearestUpsampling;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.util.concurrent.Executor;

/** By Lanewise's layers. */
final class LanewiseTableEntry implements TableEntry {
  private final Layer layer;
  private final Tensor input;
  private final Tensor target;
  private final MseLoss loss = new MseLoss();

  LanewiseTableEntry(
      SeedTable table,
      SeedTable.Size size,
      float[] input,
      float[] weight,
      Executor executor,
      int threads) {
    int n = size.samples();
    int c = size.channels();
    this.layer =
        table.convolution() ? convolution(c, weight) : NearestUpsampling.of(SeedTable.SCALE);
    layer.threads(executor, threads);
    loss.threads(executor, threads);
    this.input = Tensor.of(input, n, c, SeedTable.SIDE, SeedTable.SIDE);
    this.target = Tensor.zeros(n, c, table.outSide(), table.outSide());
  }

  private static Layer convolution(int channels, float[] weight) {
    Conv2dLayer conv =
        Conv2dLayer.of(channels, channels, SeedTable.KERNEL)
            .padding(SeedTable.KERNEL / 2)
            .withoutBias()
            .build(new SplitMix64(0));
    System.arraycopy(weight, 0, conv.weight().value().data(), 0, weight.length);
    return conv;
  }

  @Override
  public float[] forward() {
    return layer.forward(input).data();
  }

  @Override
  public float[] backward(float[] gradOutput) {
    layer.zeroGrad();
    return layer.backward(Tensor.of(gradOutput, target.shape())).data();
  }

  @Override
  public float[] gradWeight() {
    return layer.parameters().isEmpty()
        ? new float[0]
        : layer.parameters().getFirst().gradient().data();
  }

  @Override
  public void forwardAndBackward() {
    loss.forward(layer.forward(input), target);
    layer.zeroGrad();
    layer.backward(loss.backward());
  }
}

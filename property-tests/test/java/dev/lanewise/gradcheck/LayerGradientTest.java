// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import dev.lanewise.nn.DoubleAvgPool2d;
import dev.lanewise.nn.DoubleBatchNorm2d;
import dev.lanewise.nn.DoubleDropout;
import dev.lanewise.nn.DoubleDropout2d;
import dev.lanewise.nn.DoubleFlatten;
import dev.lanewise.nn.DoubleInitializers;
import dev.lanewise.nn.DoubleLayer;
import dev.lanewise.nn.DoubleLeakyReLU;
import dev.lanewise.nn.DoubleLinear;
import dev.lanewise.nn.DoubleLocallyConnected2dLayer;
import dev.lanewise.nn.DoubleLogSoftmax;
import dev.lanewise.nn.DoubleMaxPool2d;
import dev.lanewise.nn.DoubleNearestUpsampling;
import dev.lanewise.nn.DoubleReLU;
import dev.lanewise.nn.DoubleSigmoid;
import dev.lanewise.nn.DoubleTensor;
import dev.lanewise.nn.SplitMix64;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The gradients of the layers that are not convolutions, each at all its kinds of shape. */
class LayerGradientTest {
  private final SplitMix64 random = new SplitMix64(0);

  @Test
  void rectifiedLinearUnit() {
    require(new DoubleReLU(), 2, 3, 5, 4);
    require(new DoubleReLU(), 7);
  }

  @Test
  void leakyRectifiedLinearUnit() {
    require(DoubleLeakyReLU.of(), 2, 3, 5, 4);
    require(DoubleLeakyReLU.of(0.3), 7);
    require(DoubleLeakyReLU.of(-2), 7);
  }

  @Test
  void logisticFunction() {
    require(new DoubleSigmoid(), 2, 3, 5, 4);
    require(new DoubleSigmoid(), 7);
  }

  @Test
  void flattening() {
    require(new DoubleFlatten(), 2, 3, 5, 4);
    require(new DoubleFlatten(), 3);
  }

  @Test
  void linear() {
    require(DoubleLinear.of(5, 3).build(random), 4, 5);
    require(DoubleLinear.of(5, 3).withoutBias().build(random), 4, 5);
    require(DoubleLinear.of(1, 1).build(random), 1);
    require(DoubleLinear.of(4, 6).build(random), 2, 3, 4);
  }

  @Test
  void locallyConnected() {
    require(DoubleLocallyConnected2dLayer.of(2, 5, 4, 3, 2).build(random), 2, 2, 5, 4);
    require(
        DoubleLocallyConnected2dLayer.of(1, 6, 7, 2, 3)
            .stride(2)
            .padding(Padding.of(1, 2).mode(PaddingMode.REFLECT))
            .withoutBias()
            .build(random),
        3,
        1,
        6,
        7);
    require(DoubleLocallyConnected2dLayer.of(2, 6, 6, 1, 2).dilation(3).build(random), 2, 6, 6);
  }

  @Test
  void logarithmOfSoftmax() {
    require(new DoubleLogSoftmax(), 4, 6);
    require(new DoubleLogSoftmax(), 6);
    require(new DoubleLogSoftmax(), 2, 3, 2, 3);
  }

  @Test
  void maximumOfWindows() {
    require(DoubleMaxPool2d.of(2).build(), 2, 3, 6, 8);
    require(DoubleMaxPool2d.of(2).build(), 3, 5, 7);
    require(DoubleMaxPool2d.of(2).ceil().build(), 2, 2, 5, 7);
    require(DoubleMaxPool2d.of(3).stride(1).padding(1).build(), 2, 2, 5, 4);
    require(DoubleMaxPool2d.of(3, 2).stride(2, 1).padding(1, 0).build(), 2, 2, 6, 5);
    require(DoubleMaxPool2d.of(2, 3).stride(1).dilation(3, 2).padding(2, 1).build(), 1, 2, 7, 8);
  }

  @Test
  void meanOfWindows() {
    require(DoubleAvgPool2d.of(2).build(), 2, 3, 6, 8);
    require(DoubleAvgPool2d.of(2).ceil().build(), 2, 5, 7);
    require(DoubleAvgPool2d.of(3).stride(1).padding(1).build(), 2, 2, 5, 4);
    require(DoubleAvgPool2d.of(3).stride(2).padding(1).ceil().build(), 2, 2, 6, 5);
    require(
        DoubleAvgPool2d.of(3, 2).stride(2, 1).padding(1).ceil().withoutCountingPadding().build(),
        2,
        2,
        6,
        5);
  }

  @Test
  void batchNormalization() {
    DoubleBatchNorm2d layer = DoubleBatchNorm2d.of(3).build();
    DoubleInitializers.uniform(layer.weight().value(), -1, 2, random);
    require(layer, 4, 3, 2, 3);
    require(layer, 3, 4, 2);
    layer.eval();
    require(layer, 4, 3, 2, 3);
  }

  @Test
  void nearestNeighbours() {
    require(DoubleNearestUpsampling.of(2), 2, 3, 4, 5);
    require(DoubleNearestUpsampling.of(3), 3, 4, 5);
    require(DoubleNearestUpsampling.of(1), 1, 2, 3, 4);
    require(DoubleNearestUpsampling.of(1.7, 2.4), 2, 2, 5, 4);
    require(DoubleNearestUpsampling.of(0.6, 2), 2, 2, 5, 4);
  }

  /** The generator is where it was at every evaluation, or other elements would be dropped. */
  @Test
  void droppedElements() {
    require(new Repeated(() -> DoubleDropout.of(0.5, new SplitMix64(1))), 2, 3, 5, 4);
    require(new Repeated(() -> DoubleDropout.of(0.1, new SplitMix64(1))), 9);
  }

  @Test
  void droppedChannels() {
    require(new Repeated(() -> DoubleDropout2d.of(0.5, new SplitMix64(1))), 4, 3, 5, 4);
    require(new Repeated(() -> DoubleDropout2d.of(0.3, new SplitMix64(1))), 6, 2, 2);
  }

  @Test
  void dropoutInEvaluation() {
    for (DoubleLayer layer :
        new DoubleLayer[] {DoubleDropout.of(0.5, random), DoubleDropout2d.of(0.5, random)}) {
      layer.eval();
      require(layer, 2, 3, 2, 2);
    }
  }

  private void require(DoubleLayer layer, int... shape) {
    DoubleTensor input = Numbers.random(random, shape);
    LayerGradientCheck.require(layer, input, random);
  }

  /** A layer that is new at every forward. */
  private static final class Repeated implements DoubleLayer {
    private final Supplier<DoubleLayer> layers;
    private DoubleLayer layer;

    Repeated(Supplier<DoubleLayer> layers) {
      this.layers = layers;
    }

    @Override
    public DoubleTensor forward(DoubleTensor input) {
      layer = layers.get();
      return layer.forward(input);
    }

    @Override
    public DoubleTensor backward(DoubleTensor gradOutput) {
      return layer.backward(gradOutput);
    }
  }
}

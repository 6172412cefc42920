// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import dev.lanewise.nn.DoubleConv2dLayer;
import dev.lanewise.nn.DoubleConvTranspose2dLayer;
import dev.lanewise.nn.DoubleMseLoss;
import dev.lanewise.nn.DoubleParameter;
import dev.lanewise.nn.DoubleSequential;
import dev.lanewise.nn.DoubleTensor;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.reference.GradientCheck;
import org.junit.jupiter.api.Test;

/** The gradients of seed 000's autoencoder, with and without the loss. */
class NetworkGradientTest {
  private final SplitMix64 random = new SplitMix64(0);
  private final DoubleMseLoss loss = new DoubleMseLoss();
  private final DoubleSequential autoencoder =
      DoubleSequential.of(
          DoubleConv2dLayer.of(1, 10, 3).build(random),
          DoubleConvTranspose2dLayer.of(10, 1, 3).build(random));
  private final DoubleTensor images = Numbers.random(random, 2, 1, 6, 5);

  @Test
  void layersInSequence() {
    LayerGradientCheck.require(autoencoder, images, random);
  }

  /** What training does: the input's gradient is left out. */
  @Test
  void parametersThroughTheLoss() {
    loss.forward(autoencoder.forward(images), images);
    autoencoder.backwardParameters(loss.backward());
    for (DoubleParameter parameter : autoencoder.parameters()) {
      GradientCheck.require(
          "gradient of " + parameter.name(),
          point -> loss.forward(autoencoder.forward(images), images),
          parameter.value().data(),
          parameter.gradient().data().clone());
    }
  }
}

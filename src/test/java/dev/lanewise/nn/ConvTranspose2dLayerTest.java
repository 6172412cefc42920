// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import org.junit.jupiter.api.Test;

class ConvTranspose2dLayerTest {
  /** 0 to 3, both the image and the kernel of seed 003's worked example. */
  private static final float[] COUNTED = {0, 1, 2, 3};

  private static ConvTranspose2dLayer example() {
    ConvTranspose2dLayer layer = ConvTranspose2dLayer.of(1, 1, 2).build(new SplitMix64(0));
    System.arraycopy(COUNTED, 0, layer.weight().value().data(), 0, 4);
    layer.bias().orElseThrow().value().data()[0] = 0;
    return layer;
  }

  @Test
  void theWorkedExampleOfSeed003() {
    Tensor output = example().forward(Tensor.of(COUNTED, 1, 2, 2));
    assertEquals("[1, 3, 3]", output.toString());
    assertArrayEquals(new float[] {0, 0, 1, 0, 4, 6, 4, 12, 9}, output.data());
  }

  @Test
  void theGradientsOfTheWorkedExample() {
    ConvTranspose2dLayer layer = example();
    layer.forward(Tensor.of(COUNTED, 1, 1, 2, 2));
    Tensor gradOutput = Tensor.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, 1, 1, 3, 3);
    Tensor gradInput = layer.backward(gradOutput);
    // The gradient of the input is the convolution; here image and kernel are the same numbers.
    assertEquals("[1, 1, 2, 2]", gradInput.toString());
    assertArrayEquals(new float[] {19, 25, 37, 43}, gradInput.data());
    assertArrayEquals(new float[] {19, 25, 37, 43}, layer.weight().gradient().data());
    assertArrayEquals(new float[] {36}, layer.bias().orElseThrow().gradient().data());
    layer.backwardParameters(gradOutput);
    assertArrayEquals(new float[] {38, 50, 74, 86}, layer.weight().gradient().data());
    assertArrayEquals(new float[] {72}, layer.bias().orElseThrow().gradient().data());
  }

  @Test
  void everySettingReachesTheOperator() {
    ConvTranspose2dLayer layer =
        ConvTranspose2dLayer.of(4, 6, 3, 2)
            .stride(3, 2)
            .padding(Padding.of(1, 0))
            .outputPadding(2, 1)
            .dilation(1, 2)
            .groups(2)
            .build(new SplitMix64(0));
    assertEquals("[weight[4, 3, 3, 2], bias[6]]", layer.parameters().toString());
    assertEquals("[5, 6, 15, 14]", layer.forward(Tensor.zeros(5, 4, 5, 6)).toString());
  }

  @Test
  void startsFromPyTorchsDefaultsForTheWeightAsStored() {
    ConvTranspose2dLayer layer = ConvTranspose2dLayer.of(10, 1, 3).build(new SplitMix64(42));
    Tensor weight = Tensor.zeros(10, 1, 3, 3);
    Tensor bias = Tensor.zeros(1);
    Initializers.layerDefaults(weight, bias, new SplitMix64(42));
    assertArrayEquals(weight.data(), layer.weight().value().data());
    assertArrayEquals(bias.data(), layer.bias().orElseThrow().value().data());
  }

  @Test
  void refusesAnotherNumberOfChannels() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> example().forward(Tensor.zeros(3, 2, 2)));
    assertEquals(
        "Given transposed=1, weight of size [1, 1, 2, 2], expected input[3, 2, 2] to have 1"
            + " channels, but got 3 channels instead",
        e.getMessage());
  }

  @Test
  void refusesAnotherRank() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> example().forward(Tensor.zeros(1, 1, 1, 3, 3)));
    assertEquals(
        "Expected 3D (unbatched) or 4D (batched) input to conv_transpose2d, but got input of"
            + " size: [1, 1, 1, 3, 3]",
        e.getMessage());
  }

  @Test
  void refusesAnotherPaddingModeThanZeros() {
    ConvTranspose2dLayer.Builder builder = ConvTranspose2dLayer.of(1, 1, 2);
    Padding reflect = Padding.of(1).mode(PaddingMode.REFLECT);
    assertThrows(IllegalArgumentException.class, () -> builder.padding(reflect));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Conv2dLayerTest {
  /** 0 to 8, the image of seed 003's worked example. */
  private static final float[] IMAGE = {0, 1, 2, 3, 4, 5, 6, 7, 8};

  /** The example's layer: one 2×2 kernel of 0 to 3, without a bias. */
  private static Conv2dLayer example() {
    Conv2dLayer layer = Conv2dLayer.of(1, 1, 2).withoutBias().build(new SplitMix64(0));
    fill(layer.weight(), 0, 1, 2, 3);
    return layer;
  }

  @Test
  void theWorkedExampleOfSeed003() {
    Tensor output = example().forward(Tensor.of(IMAGE, 1, 3, 3));
    assertEquals("[1, 2, 2]", output.toString());
    assertArrayEquals(new float[] {19, 25, 37, 43}, output.data());
  }

  @Test
  void theGradientsOfTheWorkedExample() {
    Conv2dLayer layer = Conv2dLayer.of(1, 1, 2).build(new SplitMix64(0));
    fill(layer.weight(), 0, 1, 2, 3);
    layer.forward(Tensor.of(IMAGE, 1, 1, 3, 3));
    Tensor gradInput = layer.backward(Tensor.of(new float[] {1, 1, 1, 1}, 1, 1, 2, 2));
    assertEquals("[1, 1, 3, 3]", gradInput.toString());
    assertArrayEquals(new float[] {0, 1, 1, 2, 6, 4, 2, 5, 3}, gradInput.data());
    assertArrayEquals(new float[] {8, 12, 20, 24}, layer.weight().gradient().data());
    assertArrayEquals(new float[] {4}, layer.bias().orElseThrow().gradient().data());
  }

  @Test
  void parameterGradientsAddUpUntilZeroGradAndInputGradientsDoNot() {
    Conv2dLayer layer = Conv2dLayer.of(1, 1, 2).build(new SplitMix64(0));
    fill(layer.weight(), 0, 1, 2, 3);
    Tensor ones = Tensor.of(new float[] {1, 1, 1, 1}, 1, 2, 2);
    layer.forward(Tensor.of(IMAGE, 1, 3, 3));
    layer.backward(ones);
    assertArrayEquals(new float[] {0, 1, 1, 2, 6, 4, 2, 5, 3}, layer.backward(ones).data());
    assertArrayEquals(new float[] {16, 24, 40, 48}, layer.weight().gradient().data());
    layer.backwardParameters(ones);
    assertArrayEquals(new float[] {24, 36, 60, 72}, layer.weight().gradient().data());
    assertArrayEquals(new float[] {12}, layer.bias().orElseThrow().gradient().data());
    layer.zeroGrad();
    assertArrayEquals(new float[4], layer.weight().gradient().data());
    assertArrayEquals(new float[1], layer.bias().orElseThrow().gradient().data());
  }

  @Test
  void everySettingReachesTheOperator() {
    Conv2dLayer layer =
        Conv2dLayer.of(4, 6, 3, 2)
            .stride(2, 1)
            .padding(Padding.of(1, 2).mode(PaddingMode.REPLICATE))
            .dilation(1, 3)
            .groups(2)
            .build(new SplitMix64(0));
    assertEquals("[weight[6, 2, 3, 2], bias[6]]", layer.parameters().toString());
    assertEquals("[5, 6, 4, 10]", layer.forward(Tensor.zeros(5, 4, 7, 9)).toString());

    fill(layer.weight(), ones(6 * 2 * 3 * 2));
    fill(layer.bias().orElseThrow(), 0, 1, 2, 3, 4, 5);
    Tensor image = Tensor.of(ones(4 * 7 * 9), 4, 7, 9);
    Tensor unbatched = layer.forward(image);
    assertEquals("[6, 4, 10]", unbatched.toString());
    float[] output = unbatched.data();
    // Replicated padding makes every window see 2·3·2 ones.
    assertEquals(12, output[0]);
    assertEquals(17, output[output.length - 1]);
  }

  @Test
  void startsFromPyTorchsDefaults() {
    Conv2dLayer layer = Conv2dLayer.of(1, 12, 3).build(new SplitMix64(42));
    Tensor weight = Tensor.zeros(12, 1, 3, 3);
    Tensor bias = Tensor.zeros(12);
    Initializers.layerDefaults(weight, bias, new SplitMix64(42));
    assertArrayEquals(weight.data(), layer.weight().value().data());
    assertArrayEquals(bias.data(), layer.bias().orElseThrow().value().data());
  }

  @Test
  void anEmptyBatchHasAnEmptyOutputAndAddsNothing() {
    Conv2dLayer layer = example();
    Tensor output = layer.forward(Tensor.zeros(0, 1, 3, 3));
    assertEquals("[0, 1, 2, 2]", output.toString());
    assertEquals("[0, 1, 3, 3]", layer.backward(output).toString());
    assertArrayEquals(new float[4], layer.weight().gradient().data());
  }

  @Test
  void buffersAreUsedAgainForAShapeAndNotShared() {
    Conv2dLayer layer = example();
    Tensor batch = Tensor.zeros(2, 1, 3, 3);
    Tensor rest = Tensor.zeros(1, 1, 3, 3);
    Tensor output = layer.forward(batch);
    Tensor gradInput = layer.backward(output);
    Tensor restOutput = layer.forward(rest);
    assertNotSame(output, restOutput);
    assertEquals("[1, 1, 3, 3]", layer.backward(restOutput).toString());
    assertSame(output, layer.forward(batch));
    assertSame(gradInput, layer.backward(output));
  }

  @Test
  void inputsOfAnySizeFollowOneAnother() {
    Tensor image = Tensor.zeros(2, 3, 40, 40);
    Initializers.uniform(image, -1, 1, new SplitMix64(1));
    Conv2dLayer.Builder builder = Conv2dLayer.of(3, 20, 5);
    Conv2dLayer used = builder.build(new SplitMix64(0));
    used.backward(used.forward(Tensor.zeros(3, 5, 5)));
    used.zeroGrad();
    Conv2dLayer fresh = builder.build(new SplitMix64(0));
    Tensor output = fresh.forward(image);
    assertArrayEquals(output.data(), used.forward(image).data());
    assertArrayEquals(fresh.backward(output).data(), used.backward(output).data());
    assertArrayEquals(fresh.weight().gradient().data(), used.weight().gradient().data());
  }

  @Test
  void refusesNull() {
    Conv2dLayer layer = example();
    assertEquals(
        "input", assertThrows(NullPointerException.class, () -> layer.forward(null)).getMessage());
    assertEquals(
        "gradOutput",
        assertThrows(NullPointerException.class, () -> layer.backward(null)).getMessage());
    assertEquals(
        "random",
        assertThrows(NullPointerException.class, () -> Conv2dLayer.of(1, 1, 1).build(null))
            .getMessage());
  }

  @Test
  void refusesAnotherNumberOfChannels() {
    Conv2dLayer layer = Conv2dLayer.of(4, 6, 3).groups(2).build(new SplitMix64(0));
    var e =
        assertThrows(IllegalArgumentException.class, () -> layer.forward(Tensor.zeros(1, 3, 5, 5)));
    assertEquals(
        "Given groups=2, weight of size [6, 2, 3, 3], expected input[1, 3, 5, 5] to have 4"
            + " channels, but got 3 channels instead",
        e.getMessage());
  }

  @Test
  void refusesAnotherRank() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> example().forward(Tensor.zeros(3, 3)));
    assertEquals(
        "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [3, 3]",
        e.getMessage());
  }

  @Test
  void refusesAnImageSmallerThanTheKernel() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> example().forward(Tensor.zeros(1, 1, 1)));
    assertTrue(
        e.getMessage().contains("Kernel size can't be greater than actual input size"),
        e.getMessage());
  }

  @Test
  void refusesAGradientOfAnotherShape() {
    Conv2dLayer layer = example();
    layer.forward(Tensor.of(IMAGE, 1, 3, 3));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> layer.backward(Tensor.zeros(1, 1, 2, 2)));
    assertEquals(
        "Mismatch in shape: gradOutput has a shape of [1, 1, 2, 2] and output has a shape of"
            + " [1, 2, 2]",
        e.getMessage());
  }

  @Test
  void refusesBackwardBeforeForward() {
    assertThrows(IllegalStateException.class, () -> example().backward(Tensor.zeros(1, 1, 2, 2)));
    assertThrows(
        IllegalStateException.class, () -> example().backwardParameters(Tensor.zeros(1, 1, 2, 2)));
  }

  @Test
  void refusesGroupsThatDoNotDivideTheChannels() {
    assertRefused("in_channels must be divisible by groups: in_channels=3, groups=2", 3, 4);
    assertRefused("out_channels must be divisible by groups: out_channels=3, groups=2", 4, 3);
  }

  private static void assertRefused(String message, int inChannels, int outChannels) {
    Conv2dLayer.Builder builder = Conv2dLayer.of(inChannels, outChannels, 1).groups(2);
    var e = assertThrows(IllegalArgumentException.class, () -> builder.build(new SplitMix64(0)));
    assertEquals(message, e.getMessage());
  }

  private static void fill(Parameter parameter, float... values) {
    System.arraycopy(values, 0, parameter.value().data(), 0, parameter.value().data().length);
  }

  private static float[] ones(int n) {
    float[] data = new float[n];
    Arrays.fill(data, 1);
    return data;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The definitions of the layers and losses that are not convolutions, worked out by hand. */
class LayersByHandTest {
  private static final float NAN = Float.NaN;
  private static final float INF = Float.POSITIVE_INFINITY;

  private final SplitMix64 random = new SplitMix64(1);

  @Test
  void rectifiedLinearUnit() {
    ReLU layer = new ReLU();
    assertOutput(layer, row(-2, 0, 3, -INF, INF, NAN), row(0, 0, 3, 0, INF, NAN));
    assertGradient(layer, row(1, 2, 3, INF, 5, 6), row(0, 0, 3, 0, 5, 0));
  }

  @Test
  void leakyRectifiedLinearUnit() {
    LeakyReLU layer = LeakyReLU.of(0.5);
    assertOutput(layer, row(-2, 0, 3, NAN), row(-1, 0, 3, NAN));
    assertGradient(layer, row(1, 2, 3, 4), row(0.5f, 1, 3, 2));
    assertOutput(LeakyReLU.of(), row(-100), row(100 * -0.01f));
  }

  @Test
  void logisticFunction() {
    Sigmoid layer = new Sigmoid();
    float log3 = (float) Math.log(3);
    assertOutput(
        layer, row(0, log3, 1000, -1000, INF, -INF, NAN), row(0.5f, 0.75f, 1, 0, 1, 0, NAN));
    assertGradient(layer, row(4, 16, 1, 1, 1, 1, 1), row(1, 3, 0, 0, 0, 0, NAN));
  }

  @Test
  void exponentialIsExactToAFloat() {
    for (int i = -8000; i <= 8000; i++) {
      double x = i / 100.0;
      assertEquals((float) StrictMath.exp(x), (float) Exponential.exp(x), "e^" + x);
    }
  }

  @Test
  void maximumPooling() {
    Layer layer = MaxPool2d.of(2).build();
    Tensor image = Tensor.of(new float[] {1, 2, 5, 5, 9, 4, 3, 5, 5, 9, 7, 7, 7, 7, 7}, 1, 3, 5);
    Tensor output = layer.forward(image);
    assertEquals("[1, 1, 2]", output.toString());
    assertArrayEquals(new float[] {4, 5}, output.data());
    // Of equals the first has the gradient; the last row and column are in no window.
    assertArrayEquals(
        new float[] {0, 0, 20, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        layer.backward(Tensor.of(new float[] {10, 20}, 1, 1, 2)).data());
  }

  @Test
  void maximumPoolingRoundedUp() {
    Layer layer = MaxPool2d.of(2).ceil().build();
    assertEquals("[1, 2, 3]", layer.forward(Tensor.zeros(1, 3, 5)).toString());
    assertArrayEquals(
        new float[] {5, 6, 8, 9}, MaxPool2d.of(2).ceil().build().forward(counted(1, 3, 3)).data());
  }

  @Test
  void overlappingMaximaAddUpTheirGradients() {
    Layer layer = MaxPool2d.of(1, 2).stride(1).build();
    assertArrayEquals(
        new float[] {3, 3, 2}, layer.forward(Tensor.of(new float[] {1, 3, 2, 0}, 1, 1, 4)).data());
    assertArrayEquals(
        new float[] {0, 30, 3, 0},
        layer.backward(Tensor.of(new float[] {10, 20, 3}, 1, 1, 3)).data());
  }

  @Test
  void meanPooling() {
    Layer layer = AvgPool2d.of(2).build();
    assertArrayEquals(new float[] {3.5f, 5.5f}, layer.forward(counted(1, 2, 4)).data());
    assertArrayEquals(
        new float[] {1, 1, 2, 2, 1, 1, 2, 2},
        layer.backward(Tensor.of(new float[] {4, 8}, 1, 1, 2)).data());
  }

  @Test
  void paddingCountsUnlessToldOtherwise() {
    Tensor one = Tensor.of(new float[] {8}, 1, 1, 1);
    assertArrayEquals(
        new float[] {2}, AvgPool2d.of(2).padding(1).stride(2).build().forward(one).data());
    assertArrayEquals(
        new float[] {8},
        AvgPool2d.of(2).padding(1).stride(2).withoutCountingPadding().build().forward(one).data());
  }

  @Test
  void nearestUpsampling() {
    Layer layer = NearestUpsampling.of(2);
    assertArrayEquals(
        new float[] {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4},
        layer.forward(counted(1, 2, 2)).data());
    assertArrayEquals(
        new float[] {1 + 2 + 5 + 6, 3 + 4 + 7 + 8, 9 + 10 + 13 + 14, 11 + 12 + 15 + 16},
        layer.backward(counted(1, 4, 4)).data());
  }

  /** A window of 50,000×50,000 has more elements than an int counts. */
  @Test
  void meanPoolingOfMostlyPadding() {
    Tensor one = Tensor.of(new float[] {1}, 1, 1, 1);
    Layer layer = AvgPool2d.of(50_000).padding(25_000).build();
    assertArrayEquals(new float[] {(float) (1 / 2.5e9)}, layer.forward(one).data());
  }

  /** As PyTorch does: no velocity, so nothing to dampen. */
  @Test
  void dampeningWithoutMomentumDoesNothing() {
    Parameter parameter = Parameter.of("weight", Tensor.of(new float[] {4}, 1));
    TorchSgd optimizer = TorchSgd.of(List.of(parameter)).learningRate(0.5).dampening(0.75).build();
    parameter.gradient().data()[0] = 1;
    optimizer.step();
    optimizer.step();
    assertEquals(3, parameter.value().data()[0]);
  }

  @Test
  void batchNormalizationOfNoImages() {
    BatchNorm2d layer = BatchNorm2d.of(2).build();
    assertEquals(0, layer.forward(Tensor.zeros(0, 2, 3, 3)).data().length);
    assertEquals(0, layer.backward(Tensor.zeros(0, 2, 3, 3)).data().length);
    layer.parameters().forEach(p -> assertArrayEquals(new float[2], p.gradient().data()));
    layer.eval();
    assertArrayEquals(
        new float[] {2, 3}, layer.forward(Tensor.of(new float[] {2, 3}, 1, 2, 1, 1)).data(), 1e-4f);
  }

  /** ⌊1.5 · 3⌋ = 4 columns, from ⌊0/1.5⌋, ⌊1/1.5⌋, ⌊2/1.5⌋ and ⌊3/1.5⌋. */
  @Test
  void upsamplingByARealScaleRoundsDown() {
    Layer layer = NearestUpsampling.of(1, 1.5);
    assertArrayEquals(new float[] {1, 1, 2, 3}, layer.forward(counted(1, 1, 3)).data());
    assertArrayEquals(new float[] {3, 3, 4}, layer.backward(counted(1, 1, 4)).data());
  }

  /** ⌊i / 2.2⌋ for eight rows is not ⌊i / 2⌋, and ⌊i / 1.2⌋ for four not i. */
  @Test
  void upsamplingByARealScaleThatGivesTheSizeOfAWholeOne() {
    Layer twice = NearestUpsampling.of(2.2, 2);
    assertArrayEquals(
        new float[] {1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4},
        twice.forward(counted(1, 4, 1)).data());
    assertArrayEquals(
        new float[] {1 + 2 + 3 + 4 + 5 + 6, 7 + 8 + 9 + 10, 11 + 12 + 13 + 14, 15 + 16},
        twice.backward(counted(1, 8, 2)).data());
    Layer once = NearestUpsampling.of(1, 1.2);
    assertArrayEquals(new float[] {1, 1, 2, 3}, once.forward(counted(1, 1, 4)).data());
    assertArrayEquals(new float[] {3, 3, 4, 0}, once.backward(counted(1, 1, 4)).data());
  }

  @Test
  void linear() {
    Linear layer = Linear.of(2, 3).build(random);
    fill(layer.weight().value(), 1, 2, 3, 4, 5, 6);
    fill(layer.bias().orElseThrow().value(), 10, 20, 30);
    assertArrayEquals(
        new float[] {10 + 1 + 2 * 2, 20 + 3 + 4 * 2, 30 + 5 + 6 * 2, 12, 24, 36},
        layer.forward(Tensor.of(new float[] {1, 2, 0, 1}, 2, 2)).data());
    assertArrayEquals(
        new float[] {1 + 3, 2 + 4, 5, 6},
        layer.backward(Tensor.of(new float[] {1, 1, 0, 0, 0, 1}, 2, 3)).data());
    assertArrayEquals(new float[] {1, 2, 1, 2, 0, 1}, layer.weight().gradient().data());
    assertArrayEquals(new float[] {1, 1, 1}, layer.bias().orElseThrow().gradient().data());
  }

  @Test
  void flattening() {
    Flatten layer = new Flatten();
    Tensor output = layer.forward(counted(2, 3, 2, 2));
    assertEquals("[2, 12]", output.toString());
    assertArrayEquals(counted(24).data(), output.data());
    assertEquals("[2, 3, 2, 2]", layer.backward(output).toString());
  }

  @Test
  void dropoutKeepsTheMeanAndDrawsAnew() {
    Dropout layer = Dropout.of(0.25, random);
    Tensor ones = Tensor.zeros(100_000);
    Arrays.fill(ones.data(), 1);
    float[] first = layer.forward(ones).data().clone();
    int dropped = 0;
    for (float factor : first) {
      assertTrue(factor == 0 || factor == (float) (1 / 0.75), "factor " + factor);
      dropped += factor == 0 ? 1 : 0;
    }
    // Five standard deviations of a binomial distribution; the seed is fixed.
    assertEquals(25_000, dropped, 5 * Math.sqrt(100_000 * 0.25 * 0.75));
    assertArrayEquals(first, layer.backward(ones).data());
    assertTrue(!Arrays.equals(first, layer.forward(ones).data()));
    layer.eval();
    assertArrayEquals(ones.data(), layer.forward(ones).data());
    layer.train();
    assertTrue(!Arrays.equals(ones.data(), layer.forward(ones).data()));
  }

  @Test
  void dropoutOfAllAndOfNothing() {
    assertOutput(Dropout.of(1, random), row(1, 2), row(0, 0));
    assertOutput(Dropout.of(0, random), row(1, 2), row(1, 2));
  }

  @Test
  void dropout2dDropsWholePlanes() {
    float[] factors = Dropout2d.of(0.5, random).forward(onesOf(8, 5, 3, 3)).data();
    boolean dropped = false;
    boolean kept = false;
    for (int i = 0; i < factors.length; i++) {
      assertEquals(factors[i - i % 9], factors[i]);
      dropped |= factors[i] == 0;
      kept |= factors[i] == 2;
    }
    assertTrue(dropped && kept);
  }

  /** Mean 2 and variance 1, or 4/3 of four elements as a sample has it. */
  @Test
  void batchNormalization() {
    BatchNorm2d layer = BatchNorm2d.of(1).epsilon(0).momentum(0.5).build();
    fill(layer.weight().value(), 10);
    fill(layer.bias().orElseThrow().value(), 5);
    Tensor batch = Tensor.of(new float[] {1, 3, 3, 1}, 2, 1, 1, 2);
    assertArrayEquals(new float[] {-5, 15, 15, -5}, layer.forward(batch).data());
    assertArrayEquals(new float[] {1}, layer.runningMean().data());
    assertArrayEquals(new float[] {(float) (0.5 + 0.5 * 4 / 3)}, layer.runningVariance().data());
    fill(layer.runningMean(), 1);
    fill(layer.runningVariance(), 4);
    layer.eval();
    assertArrayEquals(new float[] {5, 15, 15, 5}, layer.forward(batch).data());
    assertArrayEquals(new float[] {1}, layer.runningMean().data());
    layer.backward(Tensor.of(new float[] {1, 2, 3, 4}, 2, 1, 1, 2));
    assertArrayEquals(new float[] {5}, layer.weight().gradient().data());
    assertArrayEquals(new float[] {10}, layer.bias().orElseThrow().gradient().data());
  }

  @Test
  void logarithmOfSoftmaxAndTheLosses() {
    float log3 = (float) Math.log(3);
    Tensor scores = Tensor.of(new float[] {1000, 1000 + log3, 0, 0}, 2, 2);
    LogSoftmax layer = new LogSoftmax();
    float[] output = layer.forward(scores).data().clone();
    // 1000 + log 3 is a float of 14 bits behind the point; the others are as exact as floats get.
    assertEquals(-Math.log(4), output[0], Math.ulp(1000f));
    assertEquals((float) -Math.log(2), output[2]);
    NllLoss nll = new NllLoss();
    Tensor logProbabilities = Tensor.of(new float[] {-1, -2, -3, -4}, 2, 2);
    assertEquals((2 + 3) / 2.0, nll.forward(logProbabilities, new int[] {1, 0}));
    assertArrayEquals(new float[] {0, -0.5f, -0.5f, 0}, nll.backward().data());
    CrossEntropyLoss crossEntropy = new CrossEntropyLoss();
    Tensor equal = Tensor.zeros(1, 4);
    assertEquals((float) Math.log(4), (float) crossEntropy.forward(equal, new int[] {2}));
    assertArrayEquals(new float[] {0.25f, 0.25f, -0.75f, 0.25f}, crossEntropy.backward().data());
  }

  @Test
  void refusesWhatPyTorchRefuses() {
    refused(
        "dropout probability has to be between 0 and 1, but got 1.5",
        () -> Dropout.of(1.5, random));
    refused(
        "pad should be at most half of effective kernel size, but got pad=2, kernel_size=3 and"
            + " dilation=1",
        () -> MaxPool2d.of(3).padding(2).build());
    refused(
        "stride should be greater than zero, but got dH: 0 dW: 0", () -> MaxPool2d.of(2).stride(0));
    refused("scale_factor should be positive, but got 0.0", () -> NearestUpsampling.of(0));
    refused(
        "Given weight of size [3, 2], expected input[4, 5] to have 2 features in its last axis",
        () -> Linear.of(2, 3).build(random).forward(Tensor.zeros(4, 5)));
    refused(
        "Expected input batch_size (2) to match target batch_size (1).",
        () -> new NllLoss().forward(Tensor.zeros(2, 3), new int[] {0}));
    refused(
        "Target 3 is out of bounds: labels[1] with 3 classes",
        () -> new CrossEntropyLoss().forward(Tensor.zeros(2, 3), new int[] {0, 3}));
    refused(
        "Expected more than 1 value per channel when training, got input size [1, 2, 1, 1]",
        () -> BatchNorm2d.of(2).build().forward(Tensor.zeros(1, 2, 1, 1)));
    refused(
        "Nesterov momentum requires a momentum and zero dampening",
        () -> TorchSgd.of(List.of()).nesterov().build());
    refused(
        "a kernel of 3 with dilation 1 does not fit an axis of 2 padded by 0: output size is too"
            + " small",
        () -> MaxPool2d.of(3).build().forward(Tensor.zeros(1, 2, 2)));
  }

  @Test
  void schedules() {
    Schedule step = Schedule.step(1, 2, 0.5);
    assertEquals(1, step.at(1));
    assertEquals(0.5, step.at(2));
    assertEquals(0.25, step.at(5));
    Schedule cosine = Schedule.cosine(3, 1, 8);
    assertEquals(3, cosine.at(0));
    assertEquals((float) 2, (float) cosine.at(4));
    assertEquals((float) (1 + (1 + Math.cos(Math.PI / 4))), (float) cosine.at(2));
    assertEquals((float) 1, (float) cosine.at(8));
    assertEquals(cosine.at(8), cosine.at(100));
    Schedule warmedUp = cosine.afterWarmUp(4);
    assertEquals(0.75, warmedUp.at(0));
    assertEquals(3, warmedUp.at(3));
    assertEquals(3, warmedUp.at(4));
    assertEquals(cosine.at(5), warmedUp.at(9));
    assertEquals(cosine.at(0), cosine.afterWarmUp(0).at(0));
    assertThrows(IllegalArgumentException.class, () -> cosine.afterWarmUp(-1));
  }

  private static void assertOutput(Layer layer, float[] input, float[] expected) {
    assertArrayEquals(expected, layer.forward(Tensor.of(input, input.length)).data());
  }

  private static void assertGradient(Layer layer, float[] gradOutput, float[] expected) {
    assertArrayEquals(expected, layer.backward(Tensor.of(gradOutput, gradOutput.length)).data());
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static float[] row(float... values) {
    return values;
  }

  private static void fill(Tensor tensor, float... values) {
    System.arraycopy(values, 0, tensor.data(), 0, values.length);
  }

  /** 1, 2, 3 and so on. */
  private static Tensor counted(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = i + 1;
    }
    return tensor;
  }

  private static Tensor onesOf(int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    Arrays.fill(tensor.data(), 1);
    return tensor;
  }
}

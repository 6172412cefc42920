// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Activation;
import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class InferenceTest {
  private final SplitMix64 random = new SplitMix64(5);

  @Test
  void classifierHasTheBitsOfItsLayers() {
    requireSameBits(
        Sequential.of(
            Conv2dLayer.of(1, 10, 5).build(random),
            MaxPool2d.of(2).build(),
            new ReLU(),
            Sequential.of(
                Conv2dLayer.of(10, 20, 5).build(random),
                Dropout2d.of(0.5, random),
                MaxPool2d.of(2).build(),
                new ReLU()),
            new Flatten(),
            Linear.of(320, 50).build(random),
            new ReLU(),
            Dropout.of(0.5, random),
            Linear.of(50, 10).build(random),
            new LogSoftmax()),
        3,
        1,
        28,
        28);
  }

  @Test
  void denoiserHasTheBitsOfItsLayers() {
    requireSameBits(
        Sequential.of(
            Conv2dLayer.of(3, 16, 3).padding(1).build(random),
            LeakyReLU.of(0.1),
            Conv2dLayer.of(16, 32, 3).stride(2).padding(1).withoutBias().build(random),
            new ReLU(),
            NearestUpsampling.of(2),
            ConvTranspose2dLayer.of(32, 3, 3).padding(1).build(random),
            new Sigmoid()),
        2,
        3,
        32,
        32);
  }

  @Test
  void aSlopeBelowZeroIsAppliedBehindThePooling() {
    requireSameBits(
        Sequential.of(
            Conv2dLayer.of(1, 4, 3).build(random), MaxPool2d.of(2).build(), LeakyReLU.of(-1)),
        1,
        1,
        10,
        10);
  }

  @Test
  void aSlopeOfZeroKeepsTheSignOfAZero() {
    requireSameBits(
        Sequential.of(Conv2dLayer.of(1, 4, 3).build(random), LeakyReLU.of(0)), 1, 1, 10, 10);
  }

  /** Its taps are both in the padding. */
  @Test
  void aWindowWithoutElementsIsActivatedBehindThePooling() {
    MaxPool2d beside = MaxPool2d.of(2).dilation(2).padding(1).build();
    requireSameBits(
        Sequential.of(Conv2dLayer.of(1, 1, 1).build(random), beside, new ReLU()), 1, 1, 1, 1);
  }

  @Test
  void aNormalizationOfOtherChannelsIsRefused() {
    for (int channels : new int[] {4, 16}) {
      Sequential network =
          Sequential.of(Conv2dLayer.of(1, 8, 3).build(random), normalization(channels));
      assertThrows(IllegalArgumentException.class, () -> Inference.of(network).build(1, 1, 8, 8));
    }
  }

  /** Factors that are powers of two and whole numbers elsewhere: nothing is rounded anywhere. */
  @Test
  void batchNormalizationGoesIntoTheWeights() {
    for (int groups : new int[] {1, 2}) {
      Conv2dLayer conv = Conv2dLayer.of(4, 6, 3).groups(groups).build(random);
      ConvTranspose2dLayer transposed =
          ConvTranspose2dLayer.of(6, 4, 2).stride(2).groups(groups).withoutBias().build(random);
      List.of(conv.weight(), conv.bias().orElseThrow(), transposed.weight())
          .forEach(parameter -> wholeNumbers(parameter.value()));
      Sequential network =
          Sequential.of(conv, normalization(6), new ReLU(), transposed, normalization(4));
      network.eval();
      Tensor input = Tensor.zeros(2, 4, 9, 9);
      wholeNumbers(input);
      Inference inference = Inference.of(network).build(input.shape());
      assertArrayEquals(network.forward(input).data(), inference.forward(input).data());
      assertEquals(3, inference.explain().lines().filter(l -> !l.startsWith(" ")).count());
    }
  }

  @Test
  void batchNormalizationAloneIsInEvaluation() {
    BatchNorm2d normalization = normalization(3);
    Tensor input = Tensor.zeros(1, 3, 4, 4);
    wholeNumbers(input);
    float[] inferred = Inference.of(normalization).build(1, 3, 4, 4).forward(input).data().clone();
    normalization.eval();
    assertArrayEquals(normalization.forward(input).data(), inferred);
  }

  @Test
  void trainingGoesOnUndisturbed() {
    Sequential network =
        Sequential.of(Conv2dLayer.of(1, 2, 3).build(random), new ReLU(), new Flatten());
    Tensor input = Tensor.zeros(1, 1, 6, 6);
    Initializers.uniform(input, -1, 1, random);
    Tensor output = network.forward(input);
    float[] before = output.data().clone();
    Inference.of(network).build(1, 1, 6, 6).forward(Tensor.zeros(1, 1, 6, 6));
    assertArrayEquals(before, output.data());
  }

  @Test
  void asksOtherPeoplesLayers() {
    Layer twice =
        new Layer() {
          @Override
          public Tensor forward(Tensor input) {
            float[] doubled = input.data().clone();
            for (int i = 0; i < doubled.length; i++) {
              doubled[i] *= 2;
            }
            return Tensor.of(doubled, input.shape());
          }

          @Override
          public Tensor backward(Tensor gradOutput) {
            return forward(gradOutput);
          }
        };
    Inference inference = Inference.of(Sequential.of(twice, new ReLU())).build(3);
    Tensor output = inference.forward(Tensor.of(new float[] {-1, 0, 3}, 3));
    assertArrayEquals(new float[] {0, 0, 6}, output.data());
  }

  @Test
  void threadsChangeNoBit() {
    Sequential network = convolutionOf64Channels();
    Tensor input = imageOf64Channels();
    float[] alone = Inference.of(network).build(input.shape()).forward(input).data();
    try (ExecutorService pool = Executors.newCachedThreadPool()) {
      Inference shared = Inference.of(network).threads(pool, 2).build(input.shape());
      assertArrayEquals(alone, shared.forward(input).data());
    }
  }

  /** How near that is to the exact sum, the properties of {@link Conv2d} know. */
  @Test
  void fastHasTheBitsOfAFastPlan() {
    Sequential network = convolutionOf64Channels();
    Tensor input = imageOf64Channels();
    Inference fast = Inference.of(network).arithmetic(Arithmetic.FAST).build(input.shape());
    assertTrue(fast.explain().contains("Winograd"), fast::explain);

    Conv2d plan =
        Conv2d.of(Conv2dGeometry.input(64, 28, 28).kernel(64, 3, 3).padding(1))
            .arithmetic(Arithmetic.FAST)
            .activation(Activation.relu())
            .build();
    List<Parameter> parameters = network.parameters();
    float[] expected = new float[64 * 28 * 28];
    plan.forward(
        input.data(),
        parameters.get(0).value().data(),
        parameters.get(1).value().data(),
        expected,
        new float[plan.workspaceFloats()]);
    assertArrayEquals(expected, fast.forward(input).data());
  }

  private Sequential convolutionOf64Channels() {
    return Sequential.of(Conv2dLayer.of(64, 64, 3).padding(1).build(random), new ReLU());
  }

  private Tensor imageOf64Channels() {
    Tensor input = Tensor.zeros(1, 64, 28, 28);
    Initializers.uniform(input, -1, 1, random);
    return input;
  }

  @Test
  void nothingIsTheInput() {
    Tensor input = Tensor.zeros(2, 2);
    assertSame(input, Inference.of(Dropout.of(0.5, random)).build(2, 2).forward(input));
  }

  @Test
  void refusesOtherShapes() {
    Inference inference = Inference.of(new ReLU()).build(2, 3);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> inference.forward(Tensor.zeros(3, 2)));
    assertEquals("Expected input of shape [2, 3], but got [3, 2]", refused.getMessage());
  }

  private void requireSameBits(Sequential network, int... shape) {
    Tensor input = Tensor.zeros(shape);
    Initializers.uniform(input, -1, 1, random);
    Inference inference = Inference.of(network).build(shape);
    network.eval();
    float[] expected = network.forward(input).data();
    for (int repetition = 0; repetition < 2; repetition++) {
      assertArrayEquals(expected, inference.forward(input).data(), inference::explain);
    }
  }

  private BatchNorm2d normalization(int channels) {
    BatchNorm2d normalization = BatchNorm2d.of(channels).epsilon(0).build();
    wholeNumbers(normalization.runningMean());
    wholeNumbers(normalization.bias().orElseThrow().value());
    Arrays.fill(normalization.runningVariance().data(), 4);
    Arrays.setAll(new Float[channels], c -> normalization.weight().value().data()[c] = 1 << c % 3);
    return normalization;
  }

  private void wholeNumbers(Tensor tensor) {
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = random.nextInt(-3, 4);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.conv.Activation;
import dev.lanewise.conv.Arithmetic;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceGemm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Operands in segments of any kind give the bits of the same operands in arrays, with sizes for
 * each algorithm that are larger than the properties': whole tiles and what is left over.
 */
class SegmentsTest {
  private static final Layout ARRAYS = Layout.PLAIN;

  /** All operands alike, and mixed. */
  private static final List<Layout> LAYOUTS =
      List.of(
          Layout.of(Form.SEGMENTS, Place.UNALIGNED_NATIVE),
          Layout.of(Form.SEGMENTS, Place.BYTES),
          mixed(Place.NATIVE, Place.ARRAY),
          mixed(Place.ARRAY, Place.NATIVE));

  private enum Sizes {
    POINTWISE(2, 20, 17, 15, 65, 1, 1, 0, 1),
    POINTWISE_IN_PLACE(1, 80, 16, 16, 64, 1, 1, 0, 1),
    POINTWISE_WITH_STRIDE(1, 72, 15, 14, 64, 1, 2, 0, 1),
    SQUARE(1, 40, 12, 13, 64, 3, 1, 1, 1),
    SMALL_AND_DEEP(1, 40, 7, 7, 64, 3, 1, 1, 1),
    STRIDED(1, 34, 17, 15, 64, 3, 2, 1, 1),
    STEM(1, 3, 31, 29, 33, 7, 2, 3, 1),
    ONE_CHANNEL(3, 1, 28, 28, 10, 3, 1, 1, 1),
    ONE_CHANNEL_UNPADDED(2, 1, 29, 28, 7, 5, 1, 0, 1),
    ONE_FILTER(2, 6, 18, 33, 1, 3, 1, 1, 1),
    IMAGES(18, 10, 12, 12, 20, 5, 1, 0, 1),
    DEPTHWISE(2, 9, 33, 31, 9, 3, 1, 1, 9),
    DEPTHWISE_SMALL(1, 37, 7, 7, 37, 3, 1, 1, 37),
    DEPTHWISE_STRIDED(1, 9, 34, 32, 9, 3, 2, 1, 9),
    DEPTHWISE_WIDE_WINDOWS(1, 8, 21, 20, 8, 5, 1, 2, 8),
    DEPTHWISE_BANDS(1, 2, 270, 262, 2, 3, 1, 1, 2),
    FEW_FILTERS(1, 17, 16, 17, 33, 3, 1, 1, 1),
    GROUPS(1, 12, 15, 18, 20, 3, 1, 1, 4);

    private final ReferenceConv2d reference;

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernel,
        int stride,
        int padding,
        int groups) {
      reference =
          References.conv2d(
              batch, inChannels, height, width, outChannels, kernel, stride, 1, padding, groups);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofAConvolution(Sizes sizes) {
    ConvolutionCase c = new ConvolutionCase(sizes.reference, true, ARRAYS, 1);
    for (Precision precision : Precision.values()) {
      Operands o = Operands.reals(c, precision);
      TestedConvolution tested = c.tested(precision);
      double[] output = tested.forward(ARRAYS, o.input(), o.weight(), o.bias());
      double[] gradInput = tested.backwardInput(ARRAYS, o.gradOutput(), o.weight());
      double[] gradWeight = tested.backwardWeight(ARRAYS, o.input(), o.gradOutput());
      double[] added = tested.backwardWeight(ARRAYS, o.input(), o.gradOutput(), o.oldGradWeight());
      for (Layout layout : LAYOUTS) {
        requireSameBits(
            "output in " + layout, output, tested.forward(layout, o.input(), o.weight(), o.bias()));
        requireSameBits(
            "gradInput in " + layout,
            gradInput,
            tested.backwardInput(layout, o.gradOutput(), o.weight()));
        requireSameBits(
            "gradWeight in " + layout,
            gradWeight,
            tested.backwardWeight(layout, o.input(), o.gradOutput()));
        requireSameBits(
            "gradWeight, accumulated, in " + layout,
            added,
            tested.backwardWeight(layout, o.input(), o.gradOutput(), o.oldGradWeight()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withAnEpilogue(Sizes sizes) {
    ConvolutionCase c = new ConvolutionCase(sizes.reference, true, ARRAYS, 1);
    Operands o = Operands.reals(c, Precision.FLOAT);
    for (Activation activation : List.of(Activation.relu(), Activation.leakyRelu(0.1))) {
      for (Arithmetic arithmetic : Arithmetic.values()) {
        PlanOptions options = PlanOptions.DEFAULT.with(activation).with(arithmetic);
        TestedConvolution tested = c.tested(Precision.FLOAT, options);
        double[] output =
            tested.forwardPacked(ARRAYS, o.input(), o.weight(), o.bias(), o.gradOutput());
        for (Layout layout : LAYOUTS) {
          requireSameBits(
              "output in " + layout,
              output,
              tested.forwardPacked(layout, o.input(), o.weight(), o.bias(), o.gradOutput()));
        }
      }
    }
  }

  /** Algorithms that only large layers choose. */
  @ParameterizedTest
  @ValueSource(strings = {"channel lanes", "pixel dots", "implicit GEMM"})
  void ofAWeightGradient(String algorithm) {
    for (Sizes sizes : List.of(Sizes.POINTWISE_IN_PLACE, Sizes.SQUARE, Sizes.STRIDED)) {
      ConvolutionCase c = new ConvolutionCase(sizes.reference, true, ARRAYS, 1);
      Operands o = Operands.reals(c, Precision.FLOAT);
      Object plan =
          Operators.forced(algorithm, () -> Operators.of(sizes.reference, Precision.FLOAT));
      TestedConvolution tested = new TestedConvolution(sizes.reference, Precision.FLOAT, plan);
      double[] gradWeight = tested.backwardWeight(ARRAYS, o.input(), o.gradOutput());
      for (Layout layout : LAYOUTS) {
        requireSameBits(
            sizes + " gradWeight in " + layout,
            gradWeight,
            tested.backwardWeight(layout, o.input(), o.gradOutput()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64, 64, 64",
    "65, 63, 64",
    "4, 64, 3",
    "61, 129, 33",
    "13, 81, 300",
    "13, 81, 530",
    "20, 70, 1040",
    "300, 70, 20",
    "16, 8, 9",
    "20, 257, 65",
    "30, 90, 40",
    "100, 300, 40"
  })
  void ofAMatrixProduct(int m, int n, int k) {
    for (boolean transpose : new boolean[] {false, true}) {
      ReferenceGemm sizes =
          transpose
              ? new ReferenceGemm(m, n, k, true, true, m + 1, k + 2, n + 3)
              : new ReferenceGemm(m, n, k, false, false, k, n, n);
      Random random = new Random(1);
      for (Precision precision : Precision.values()) {
        TestedGemm tested = new TestedGemm(sizes, precision);
        double[] a = reals(random, (transpose ? k : m) * sizes.lda());
        double[] b = reals(random, (transpose ? n : k) * sizes.ldb());
        double[] old = reals(random, m * sizes.ldc());
        for (double[] scales : new double[][] {{1, 0}, {1, 1}, {0.5, -2}}) {
          double[] product = tested.multiply(ARRAYS, scales[0], a, b, scales[1], old);
          for (Layout layout : LAYOUTS) {
            requireSameBits(
                "C in " + layout,
                product,
                tested.multiply(layout, scales[0], a, b, scales[1], old));
          }
        }
      }
    }
  }

  private static double[] reals(Random random, int count) {
    return random.doubles(count, -1, 1).map(x -> (float) x).toArray();
  }

  private static Layout mixed(Place even, Place odd) {
    return new Layout(Form.SEGMENTS, 3, List.of(even, odd, even, odd));
  }
}

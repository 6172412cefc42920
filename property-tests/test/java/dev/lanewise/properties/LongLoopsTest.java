// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.simd.Machine;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * More terms, rows or pixels than the innermost loops take at once, which are more than those of
 * the properties.
 */
class LongLoopsTest {
  private static final List<Layout> LAYOUTS =
      List.of(Layout.PLAIN, Layout.of(Form.SEGMENTS, Place.UNALIGNED_NATIVE));

  private enum Sizes {
    MANY_CHANNELS_FEW_FILTERS(1, 140, 9, 11, 3, 3, 1, 1, 1),
    SMALL_IMAGES(17, 140, 4, 5, 6, 3, 1, 1, 1),
    MANY_CHANNELS_ONE_FILTER(1, 350, 9, 21, 1, 3, 1, 1, 1),
    MANY_CHANNELS(1, 300, 8, 9, 33, 3, 1, 1, 1),
    MANY_CHANNELS_SUBSAMPLED(1, 150, 9, 9, 5, 3, 2, 1, 1),
    NARROW_PLANES(2, 2, 2103, 5, 2, 3, 1, 1, 2),
    TALL_PLANES(1, 2, 1203, 32, 2, 3, 1, 1, 2),
    TALL_PLANES_SUBSAMPLED(1, 2, 2106, 32, 2, 3, 2, 1, 2),
    TALL_IMAGES(1, 8, 1103, 4, 8, 3, 1, 1, 1),
    LARGE_IMAGES(1, 1, 1111, 70, 5, 3, 1, 1, 1);

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
  void integersAreExact(Sizes sizes) {
    ReferenceConv2d reference = sizes.reference;
    ExactIntegers.requireOfOutputAndGradInput(reference, LAYOUTS);
    ExactIntegers.requireOfGradWeight(reference, LAYOUTS);
  }

  /** Rows so long that a band of one has more vectors than a loop takes, whatever their length. */
  @Test
  void dotsOfLongRows() {
    ReferenceConv2d reference = References.conv2d(1, 1, 3, 20_011, 2, 1, 1, 1, 0, 1);
    ConvolutionCase c = new ConvolutionCase(reference, true, Layout.PLAIN, 1);
    Operands o = Operands.integers(c, Precision.FLOAT);
    Object plan = Operators.forced("pixel dots", () -> Operators.of(reference, Precision.FLOAT));
    assertEquals(
        Machine.SIMD, Operators.explain(plan).contains("backwardWeight: dot products over pixels"));
    TestedConvolution tested = new TestedConvolution(reference, Precision.FLOAT, plan);
    requireSameBits(
        "gradWeight",
        reference.backwardWeight(o.input(), o.gradOutput()),
        tested.backwardWeight(Layout.PLAIN, o.input(), o.gradOutput()));
  }

  /** More windows than a block of a matrix product, in rows of which each is less than a vector. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void columnsOfManyShortRows(int stride) {
    ReferenceConv2d reference =
        References.conv2d(2, 19, 40 * stride, 13 * stride, 6, 3, stride, 1, 1, 1);
    ConvolutionCase c = new ConvolutionCase(reference, true, Layout.PLAIN, 1);
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c, precision);
      Object plan = Operators.forced("implicit GEMM", () -> Operators.of(reference, precision));
      TestedConvolution tested = new TestedConvolution(reference, precision, plan);
      double[] gradWeight = reference.backwardWeight(o.input(), o.gradOutput());
      for (Layout layout : LAYOUTS) {
        requireSameBits(
            precision + " gradWeight in " + layout,
            gradWeight,
            tested.backwardWeight(layout, o.input(), o.gradOutput()));
      }
    }
  }
}

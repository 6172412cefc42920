// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gradients of strided convolutions with few channels and more filters than the properties': phases
 * that share terms may be summed together.
 */
class PhasesTest {
  private enum Sizes {
    FIRST_LAYER(2, 3, 36, 70, 16, 7, 2, 1, 3, 1),
    FOUR_TAPS(2, 3, 32, 64, 24, 4, 2, 1, 1, 1),
    ODD_WIDTH(1, 1, 25, 37, 24, 3, 2, 1, 1, 1),
    TWO_CHANNELS(1, 2, 21, 41, 20, 5, 2, 1, 2, 1),
    WITHOUT_OVERLAP(2, 3, 20, 36, 33, 2, 2, 1, 0, 1),
    GROUPS(1, 6, 18, 34, 40, 4, 2, 1, 1, 2),
    THREE_PHASES(1, 2, 27, 51, 48, 5, 3, 1, 2, 1),
    ONE_CHANNEL(1, 1, 128, 128, 32, 5, 2, 1, 2, 1),
    FOUR_PHASES(1, 2, 24, 44, 20, 6, 4, 1, 1, 1),
    DILATED(1, 2, 24, 44, 24, 3, 2, 3, 3, 1),
    BANDS(1, 3, 96, 96, 70, 4, 2, 1, 1, 1),
    SHORT_ROWS(3, 1, 9, 5, 40, 4, 2, 1, 1, 1),
    ONE_ELEMENT(2, 1, 1, 1, 64, 3, 2, 1, 1, 1);

    private final ReferenceConv2d reference;
    private final Conv2dGeometry geometry;
    private final Conv2dGeometry one;

    Sizes(
        int batch,
        int inChannels,
        int height,
        int width,
        int outChannels,
        int kernel,
        int stride,
        int dilation,
        int padding,
        int groups) {
      reference =
          References.conv2d(
              batch,
              inChannels,
              height,
              width,
              outChannels,
              kernel,
              stride,
              dilation,
              padding,
              groups);
      geometry =
          Conv2dGeometry.input(batch, inChannels, height, width)
              .kernel(outChannels, kernel, kernel)
              .stride(stride)
              .dilation(dilation)
              .padding(padding)
              .groups(groups);
      one =
          Conv2dGeometry.input(1, inChannels, height, width)
              .kernel(outChannels, kernel, kernel)
              .stride(stride)
              .dilation(dilation)
              .padding(padding)
              .groups(groups);
    }
  }

  @ParameterizedTest
  @EnumSource
  void integersAreExact(Sizes sizes) {
    for (Place place : new Place[] {Place.ARRAY, Place.NATIVE}) {
      Layout layout = Layout.of(Form.SEGMENTS, place);
      ConvolutionCase c = new ConvolutionCase(sizes.reference, true, layout, 1);
      for (Precision precision : Precision.values()) {
        Operands o = Operands.integers(c, precision);
        requireSameBits(
            precision + " gradInput in " + place,
            sizes.reference.backwardInput(o.gradOutput(), o.weight()),
            c.tested(precision).backwardInput(layout, o.gradOutput(), o.weight()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBitsOfEveryOtherWay(Sizes sizes) {
    BatchBits bits = new BatchBits(sizes.geometry);
    bits.requireOfEachAlone(sizes.one);
    bits.requireOfTwoThreads();
    bits.requireOfNativeMemory();
  }

  /** Otherwise the tests above test something else; other machines decide otherwise. */
  @ParameterizedTest
  @EnumSource(names = {"FIRST_LAYER", "FOUR_TAPS", "TWO_CHANNELS", "THREE_PHASES", "ONE_CHANNEL"})
  void phasesAreSummedInPairs(Sizes sizes) {
    if (Machine.describe().startsWith("512-bit vectors, 32 registers, fused")) {
      String chosen = Conv2d.of(sizes.geometry).build().explain();
      assertTrue(chosen.contains("in pairs"), chosen);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FOUR_TAPS", "BANDS"})
  void oneTapOfAKindIsReadFromLines(Sizes sizes) {
    if (Machine.describe().startsWith("512-bit vectors, 32 registers, fused")) {
      String chosen = Operators.explain(sizes.geometry, "backwardInput");
      assertTrue(chosen.contains("in pairs") && chosen.contains("in lines of"), chosen);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceFold;
import dev.lanewise.reference.ReferenceGemm;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferencePadding.Mode;
import dev.lanewise.reference.ReferenceUnfold;
import dev.lanewise.reference.ReferenceWindow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference itself, one parameter at a time, on numbers that can be followed by hand. */
class ReferenceTest {
  private static final ReferenceWindow ONE_BY_TWO = ReferenceWindow.of(1, 2);

  /** 1 2 3 4 5 6 under (1, 10): 21, 32, 43, 54, 65. */
  @Test
  void strideSkipsWindows() {
    assertArrayEquals(new double[] {21, 43, 65}, rowOfSix(ONE_BY_TWO.stride(1, 2)));
    assertArrayEquals(new double[] {21, 54}, rowOfSix(ONE_BY_TWO.stride(1, 3)));
  }

  @Test
  void dilationSpreadsTheTaps() {
    assertArrayEquals(new double[] {31, 42, 53, 64}, rowOfSix(ONE_BY_TWO.dilation(1, 2)));
  }

  @Test
  void thePadsAreIndependent() {
    assertArrayEquals(
        new double[] {0, 10, 21, 32, 43, 54, 65, 6}, rowOfSix(ONE_BY_TWO.padding(0, 2, 0, 1)));
    ReferenceConv2d column =
        new ReferenceConv2d(1, 1, 2, 1, 1, ReferenceWindow.of(1, 1).padding(1, 0, 2, 0), 1);
    assertArrayEquals(
        new double[] {0, 3, 4, 0, 0}, column.forward(new double[] {3, 4}, new double[] {1}, null));
  }

  private static double[] rowOfSix(ReferenceWindow window) {
    return new ReferenceConv2d(1, 1, 1, 6, 1, window, 1)
        .forward(new double[] {1, 2, 3, 4, 5, 6}, new double[] {1, 10}, null);
  }

  @ParameterizedTest
  @CsvSource({
    "CONSTANT,  9 9 1 2 3 9 9",
    "REFLECT,   3 2 1 2 3 2 1",
    "REPLICATE, 1 1 1 2 3 3 3",
    "CIRCULAR,  2 3 1 2 3 1 2"
  })
  void paddingModes(Mode mode, String expected) {
    ReferencePadding padding = new ReferencePadding(0, 2, 0, 2, mode, 9);
    ReferenceUnfold unfold =
        new ReferenceUnfold(1, 1, 1, 3, ReferenceWindow.of(1, 1).padding(padding));
    assertArrayEquals(numbers(expected), unfold.forward(new double[] {1, 2, 3}));
  }

  /** Gradients 1 … 7 of the padded row go back to the elements that were copied. */
  @ParameterizedTest
  @CsvSource({"CONSTANT, 3 4 5", "REFLECT, 10 12 6", "REPLICATE, 6 4 18", "CIRCULAR, 9 12 7"})
  void paddingModesBackward(Mode mode, String expected) {
    ReferencePadding padding = new ReferencePadding(0, 2, 0, 2, mode, 9);
    ReferenceUnfold unfold =
        new ReferenceUnfold(1, 1, 1, 3, ReferenceWindow.of(1, 1).padding(padding));
    assertArrayEquals(numbers(expected), unfold.backward(new double[] {1, 2, 3, 4, 5, 6, 7}));
  }

  @Test
  void groupsSeeTheirOwnChannels() {
    ReferenceConv2d conv = new ReferenceConv2d(1, 4, 1, 1, 2, ReferenceWindow.of(1, 1), 2);
    assertArrayEquals(
        new double[] {21, 430}, // 1·1 + 2·10 and 3·10 + 4·100
        conv.forward(new double[] {1, 2, 3, 4}, new double[] {1, 10, 10, 100}, null));
  }

  @Test
  void biasIsAddedPerOutputChannel() {
    ReferenceConv2d conv = new ReferenceConv2d(2, 1, 1, 1, 2, ReferenceWindow.of(1, 1), 1);
    assertArrayEquals(
        new double[] {101, 210, 102, 220},
        conv.forward(new double[] {1, 2}, new double[] {1, 10}, new double[] {100, 200}));
    assertArrayEquals(new double[] {4, 6}, conv.backwardBias(new double[] {1, 2, 3, 4}));
  }

  /** The full output of (1, 2) under (1, 10) with stride 3 is 1 10 0 2 20. */
  @Test
  void transposedStridePaddingAndOutputPadding() {
    ReferenceWindow window = ONE_BY_TWO.stride(1, 3);
    assertArrayEquals(new double[] {1, 10, 0, 2, 20}, transposedRow(window, 0));
    assertArrayEquals(new double[] {1, 10, 0, 2, 20, 0}, transposedRow(window, 1));
    assertArrayEquals(new double[] {10, 0, 2, 20}, transposedRow(window.padding(0, 1, 0, 0), 0));
    assertArrayEquals(new double[] {1, 10, 0}, transposedRow(window.padding(0, 0, 0, 2), 0));
    assertArrayEquals(new double[] {1, 0, 10, 2, 0, 20}, transposedRow(window.dilation(1, 2), 0));
  }

  private static double[] transposedRow(ReferenceWindow window, int outputPadding) {
    return new ReferenceConvTranspose2d(1, 1, 1, 2, 1, window, 0, outputPadding, 1)
        .forward(new double[] {1, 2}, new double[] {1, 10}, null);
  }

  @Test
  void transposedGroups() {
    ReferenceConvTranspose2d conv =
        new ReferenceConvTranspose2d(1, 2, 1, 1, 4, ReferenceWindow.of(1, 1), 0, 0, 2);
    assertArrayEquals(
        new double[] {13, 23, 430, 440}, // bias + 3·1, 3·1, 4·100, 4·100
        conv.forward(
            new double[] {3, 4}, new double[] {1, 1, 100, 100}, new double[] {10, 20, 30, 40}));
  }

  /** 1 2 / 3 4 under a 1×2 window: rows are taps, columns are windows. */
  @Test
  void unfoldAndFold() {
    double[] columns = {1, 2, 4, 5, 2, 3, 5, 6};
    assertArrayEquals(
        columns,
        new ReferenceUnfold(1, 1, 2, 3, ONE_BY_TWO).forward(new double[] {1, 2, 3, 4, 5, 6}));
    assertArrayEquals(
        new double[] {1, 4, 3, 4, 10, 6},
        new ReferenceFold(1, 1, 2, 3, ONE_BY_TWO).forward(columns));
  }

  @Test
  void gemm() {
    double[] a = {1, 2, 3, 4, 5, 6};
    double[] b = {1, 0, 0, 1, 1, 1};
    double[] c = {100, 100, 100, 100};
    assertArrayEquals(
        new double[] {4, 5, 10, 11},
        new ReferenceGemm(2, 2, 3, false, false, 3, 2, 2).multiply(1, a, b, 0, c));
    assertArrayEquals(
        new double[] {206, 208, 208, 210},
        new ReferenceGemm(2, 2, 3, true, false, 2, 2, 2).multiply(1, a, b, 2, c),
        "A stored as 1 2 / 3 4 / 5 6");
    assertArrayEquals(
        new double[] {2, 12, 8, 30},
        new ReferenceGemm(2, 2, 3, false, true, 3, 3, 2).multiply(2, a, b, 0, c),
        "B stored as 1 0 0 / 1 1 1");
  }

  @Test
  void paddingIsAnOperand() {
    ReferenceConv2d conv = new ReferenceConv2d(1, 1, 1, 1, 1, ONE_BY_TWO.padding(0, 1, 0, 0), 1);
    double[] output =
        conv.forward(new double[] {1}, new double[] {Double.POSITIVE_INFINITY, 1}, null);
    assertArrayEquals(new double[] {Double.NaN}, output);
  }

  @Test
  void theBoundIsTightAndFinite() {
    double u = Precision.FLOAT.unitRoundoff();
    assertEquals(3 * u / (1 - 3 * u), NumbersPolicy.gamma(3, Precision.FLOAT));
    assertThrows(
        IllegalArgumentException.class, () -> NumbersPolicy.gamma(1 << 24, Precision.FLOAT));
  }

  /** One more and a sum of that many products could reach 2²⁴. */
  @Test
  void integersAreAsLargeAsTheyMayBe() {
    assertEquals(63, NumbersPolicy.integerLimit(9, Precision.FLOAT));
    assertEquals(1, NumbersPolicy.integerLimit((1 << 24) - 2, Precision.FLOAT));
    assertThrows(
        IllegalArgumentException.class, () -> NumbersPolicy.integerLimit(1 << 24, Precision.FLOAT));
    assertEquals(63, NumbersPolicy.integerLimit(1 << 24, Precision.DOUBLE));
  }

  @Test
  void thePolicyNoticesDifferences() {
    double[] one = {1};
    double[] next = {Math.nextUp(1.0)};
    assertThrows(AssertionError.class, () -> NumbersPolicy.requireSameBits("x", one, next));
    assertThrows(
        AssertionError.class, () -> NumbersPolicy.requireSameBits("x", one, new double[2]));
    assertThrows(
        AssertionError.class,
        () ->
            NumbersPolicy.requireWithinBound(
                "x", one, new double[] {Double.NaN}, 1, one, Precision.FLOAT));
    assertThrows(
        AssertionError.class,
        () ->
            NumbersPolicy.requireWithinBound(
                "x",
                one,
                new double[] {1 + 4 * Precision.FLOAT.unitRoundoff()},
                1,
                one,
                Precision.FLOAT));
    assertThrows(
        AssertionError.class, () -> NumbersPolicy.requireGradient("x", one, new double[] {1.002}));
  }

  private static double[] numbers(String blankSeparated) {
    return Arrays.stream(blankSeparated.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.unfold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.SplitMix64;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WalkThroughTest {
  @Test
  void showsTheColMatrixOfTheSeedsExample() {
    assertTrue(
        told(WalkThrough::tellSmallExample)
            .contains(
                """
                        0  1  3  4
                  col = 1  2  4  5
                        3  4  6  7
                        4  5  7  8
                """));
  }

  @Test
  void comesToTheSeedsResults() {
    String text = told(WalkThrough::tellSmallExample);
    assertTrue(text.contains("0·3 + 1·4 + 2·6 + 3·7 = 37\n"), text);
    assertTrue(text.contains("0 + 2 + 2 + 0 = 4.\n"), text);
  }

  /** By hand: 27 = 1·0 + 2·1 + 3·3 + 4·4, and so on. */
  @Test
  void derivesTheWeight() {
    String text = told(WalkThrough::tellSmallExample);
    assertTrue(text.contains("(1 x 4) · (4 x 4)ᵀ = 1 x 4"), text);
    assertTrue(text.contains("gradOutput · colᵀ = 27  37  57  67\n"), text);
  }

  @Test
  void everyStepAgreesWithItsOperator() {
    List<String> operators =
        told(WalkThrough::tellSmallExample)
            .lines()
            .filter(line -> line.contains(" gives "))
            .toList();
    assertEquals(
        List.of(
            "Conv2d.forward gives the same numbers.",
            "Conv2d.backwardWeight gives the same numbers.",
            "Conv2d.backwardInput gives the same numbers.",
            "ConvTranspose2d.forward gives the same numbers."),
        operators);
  }

  @Test
  void givesADigitTheShapesOfTheSeed() {
    String text = told(walk -> walk.tellDigit(digit(), new SplitMix64(0)));
    assertTrue(text.contains("(1 x 784) · (9 x 784)ᵀ = 1 x 9, as W\n"), text);
    assertTrue(text.contains("(1 x 9)ᵀ · (1 x 784) = 9 x 784, as col\n"), text);
    assertTrue(text.contains("784 x 9 x N"), text);
  }

  @Test
  void aDigitsGradientIsTheLosssChange() {
    List<String> lines = told(walk -> walk.tellDigit(digit(), new SplitMix64(0))).lines().toList();
    double[] gradient = numbersAround(lines, "gradW = ");
    double[] differences = numbersAround(lines, "difference = ");
    assertEquals(9, gradient.length);
    assertFalse(Arrays.stream(gradient).allMatch(value -> value == 0));
    // Both are printed with three digits; each may be rounded the other way.
    for (int i = 0; i < gradient.length; i++) {
      assertTrue(
          Math.abs(gradient[i] - differences[i]) < 0.0015, gradient[i] + " " + differences[i]);
    }
  }

  private static Matrix digit() {
    Matrix digit = Matrix.zeros(28, 28);
    for (int i = 0; i < digit.values().length; i++) {
      digit.values()[i] = i % 7 / 7f;
    }
    return digit;
  }

  /** The values of a 3×3 matrix from its three lines, the middle one of which has the name. */
  private static double[] numbersAround(List<String> lines, String name) {
    int middle = 0;
    while (!lines.get(middle).startsWith("  " + name)) {
      middle++;
    }
    return lines.subList(middle - 1, middle + 2).stream()
        .map(line -> line.replace(name, ""))
        .flatMap(line -> Arrays.stream(line.trim().split(" +")))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static String told(Consumer<WalkThrough> part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    part.accept(new WalkThrough(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Upsampling2x2Test {
  private static final int PLANES = 2;
  private static final int HEIGHT = 3;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50})
  void givesEveryElementFourPlaces(int width) {
    float[] input = numbers(PLANES * HEIGHT * width);
    float[] output = new float[4 * input.length];
    Arrays.fill(output, Float.NaN);

    Upsampling2x2.of(PLANES, HEIGHT, width).forward(input, output);

    float[] expected = new float[output.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = input[source(i, width)];
    }
    assertArrayEquals(expected, output);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50})
  void addsWhatTheFourPlacesGet(int width) {
    float[] gradOutput = numbers(4 * PLANES * HEIGHT * width);
    float[] gradInput = new float[gradOutput.length / 4];
    Arrays.fill(gradInput, Float.NaN);

    Upsampling2x2.of(PLANES, HEIGHT, width).backward(gradOutput, gradInput);

    float[] expected = new float[gradInput.length];
    for (int i = 0; i < gradOutput.length; i++) {
      expected[source(i, width)] += gradOutput[i];
    }
    assertArrayEquals(expected, gradInput);
  }

  @Test
  void refusesOperandsThatAreTooShort() {
    Upsampling2x2 plan = Upsampling2x2.of(1, 2, 2);

    assertThrows(IllegalArgumentException.class, () -> plan.forward(new float[4], new float[15]));
    assertThrows(IllegalArgumentException.class, () -> plan.backward(new float[15], new float[4]));
    assertThrows(IllegalArgumentException.class, () -> Upsampling2x2.of(1, -1, 2));
    assertThrows(IllegalArgumentException.class, () -> Upsampling2x2.of(1 << 15, 1 << 14, 2));
  }

  /** The input's index of an output's element. */
  private static int source(int output, int width) {
    int row = output / (2 * width);
    return row / 2 * width + output % (2 * width) / 2;
  }

  /** Whole numbers, whose sums have no rounding. */
  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i * 37 % 101 - 50;
    }
    return numbers;
  }
}

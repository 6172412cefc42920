// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.conv.MaxPooling2x2;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of few values there are many windows with equals, zeros of both signs and NaN. All planes are the
 * same, so what becomes of one shows whether it matters that it lies at the end of an array.
 */
class MaxPoolingTest {
  private static final int PLANES = 3;
  private static final float[] VALUES = {-1, -0.0f, 0.0f, 0.5f, 1, 1, Float.NaN};

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8, 15, 16, 17, 24, 31, 32, 33, 46, 64, 67})
  void everyPlaneGetsTheFirstMaximumOfEachWindow(int width) {
    int height = 5;
    float[] plane = new float[height * width];
    SplittableRandom random = new SplittableRandom(width);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = VALUES[random.nextInt(VALUES.length)];
    }
    int windows = height / 2 * (width / 2);
    float[] gradient = new float[windows];
    for (int i = 0; i < windows; i++) {
      gradient[i] = i + 1;
    }
    float[] input = repeated(plane);
    float[] output = new float[PLANES * windows];
    float[] gradInput = new float[input.length];
    Arrays.fill(gradInput, Float.NaN);
    MaxPooling2x2 pooling = MaxPooling2x2.of(PLANES, height, width);
    pooling.forward(input, output);
    pooling.backward(input, output, repeated(gradient), gradInput);

    float[] expectedGradient = new float[plane.length];
    for (int w = 0; w < windows; w++) {
      int first = 2 * (w / (width / 2)) * width + 2 * (w % (width / 2));
      int source = source(plane, first, width);
      float expected = hasNaN(plane, first, width) ? Float.NaN : plane[source];
      assertEquals(expected + 0.0f, output[w] + 0.0f, "window " + w);
      expectedGradient[source] = gradient[w];
    }
    for (int p = 0; p < PLANES; p++) {
      assertArrayEquals(bits(output, 0, windows), bits(output, p * windows, windows));
      assertArrayEquals(
          expectedGradient,
          Arrays.copyOfRange(gradInput, p * plane.length, (p + 1) * plane.length));
    }
  }

  /**
   * Where the gradient of a window goes: to the first maximum, or with NaN to the first element.
   */
  private static int source(float[] plane, int first, int width) {
    int source = first;
    for (int i : window(first, width)) {
      if (!hasNaN(plane, first, width) && plane[i] > plane[source]) {
        source = i;
      }
    }
    return source;
  }

  private static boolean hasNaN(float[] plane, int first, int width) {
    return Arrays.stream(window(first, width)).anyMatch(i -> Float.isNaN(plane[i]));
  }

  private static int[] window(int first, int width) {
    return new int[] {first, first + 1, first + width, first + width + 1};
  }

  private static float[] repeated(float[] plane) {
    float[] all = new float[PLANES * plane.length];
    for (int p = 0; p < PLANES; p++) {
      System.arraycopy(plane, 0, all, p * plane.length, plane.length);
    }
    return all;
  }

  private static int[] bits(float[] values, int from, int count) {
    int[] bits = new int[count];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[from + i]));
    return bits;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GaussianBlurTest {
  @Test
  void keepsAnEvenPicture() {
    float[] even = new float[2 * 5 * 4];
    Arrays.fill(even, 0.25f);
    for (float pixel : new GaussianBlur(1.5).of(even, 2, 5, 4)) {
      assertEquals(0.25f, pixel, 1e-7);
    }
  }

  @Test
  void spreadsAPointAsAGaussian() {
    int side = 21;
    float[] point = new float[side * side];
    point[10 * side + 10] = 1;
    float[] blurred = new GaussianBlur(2).of(point, 1, side, side);
    double sum = 0;
    double variance = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        sum += blurred[y * side + x];
        variance += blurred[y * side + x] * (x - 10.0) * (x - 10.0);
        assertEquals(blurred[x * side + y], blurred[y * side + x], 1e-7);
      }
    }
    assertEquals(1, sum, 1e-6);
    // Cut off at three standard deviations, it is a little narrower than it says.
    assertTrue(variance > 3.8 && variance < 4, "variance " + variance);
    assertEquals(Math.exp(-1 / 8.0), blurred[10 * side + 11] / blurred[10 * side + 10], 1e-6);
  }

  @Test
  void keepsChannelsApart() {
    float[] picture = new float[2 * 3 * 3];
    picture[4] = 1;
    float[] blurred = new GaussianBlur(0.5).of(picture, 2, 3, 3);
    for (int i = 9; i < 18; i++) {
      assertEquals(0, blurred[i]);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.examples.data.Photo;
import dev.lanewise.nn.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseTest {
  /** The limits are five standard deviations of each estimate. */
  @Test
  void hasTheMeanAndTheDeviationOfANormalDistribution() {
    int count = 100_000;
    float[] noise = new GaussianNoise(1, new SplitMix64(1)).addedTo(new float[count]);
    double sum = 0;
    double squares = 0;
    int withinOne = 0;
    for (float value : noise) {
      sum += value;
      squares += (double) value * value;
      withinOne += Math.abs(value) < 1 ? 1 : 0;
    }
    assertEquals(0, sum / count, 5 / Math.sqrt(count));
    assertEquals(1, squares / count, 5 * Math.sqrt(2.0 / count));
    assertEquals(0.6827, (double) withinOne / count, 5 * Math.sqrt(0.2167 / count));
  }

  @Test
  void isAddedUnclampedAndScaled() {
    float[] small = new GaussianNoise(0.1, new SplitMix64(1)).addedTo(new float[1000]);
    float[] large = new GaussianNoise(1, new SplitMix64(1)).addedTo(new float[1000]);
    boolean negative = false;
    for (int i = 0; i < small.length; i++) {
      assertEquals(large[i] / 10, small[i], 1e-6);
      negative |= small[i] < 0;
    }
    assertEquals(true, negative);
  }

  @Test
  void theSeedDecidesIt() {
    float[] pixels = {0, 0.5f, 1};
    float[] one = new GaussianNoise(0.1, new SplitMix64(1)).addedTo(pixels);
    assertArrayEquals(one, new GaussianNoise(0.1, new SplitMix64(1)).addedTo(pixels));
    assertFalse(Arrays.equals(one, new GaussianNoise(0.1, new SplitMix64(2)).addedTo(pixels)));
    assertArrayEquals(new float[] {0, 0.5f, 1}, pixels);
  }

  @Test
  void aPhotographHasTwoVersionsWithIndependentNoise() {
    int side = 100;
    Photo clean = new Photo("grey", side, side, new float[3 * side * side]);
    Arrays.fill(clean.pixels(), 0.5f);
    NoisyPhotos noisy =
        new NoisyPhotos(List.of(clean, clean), new GaussianNoise(0.1, new SplitMix64(7)));
    assertEquals(2, noisy.count());
    double covariance = 0;
    for (int i = 0; i < clean.pixels().length; i++) {
      covariance += (noisy.first(0).pixels()[i] - 0.5) * (noisy.second(0).pixels()[i] - 0.5);
    }
    int count = clean.pixels().length;
    assertEquals(0, covariance / count, 5 * 0.01 / Math.sqrt(count));
    assertFalse(Arrays.equals(noisy.first(0).pixels(), noisy.first(1).pixels()));
  }
}

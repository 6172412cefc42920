// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializersTest {
  /** Seed 42's first four draws, times the bound of seed 000's encoder, √(6 / (10·9)). */
  private static final float[] ENCODER_START = {
    0.124743566f, -0.175621524f, -0.114329882f, -0.0804595649f
  };

  private static final float[] DEFAULT_START = {
    0.161043257f, -0.226726398f, -0.14759925f, -0.103872858f
  };

  @Test
  void kaimingUniformGivesTheSameBitsForASeed() {
    Tensor weight = Tensor.zeros(10, 1, 3, 3);
    Initializers.kaimingUniform(weight, Math.sqrt(9), new SplitMix64(42));
    assertArrayEquals(ENCODER_START, Arrays.copyOf(weight.data(), 4));
  }

  @Test
  void kaimingUniformFillsTheRangeUpToItsBound() {
    Tensor weight = Tensor.zeros(64, 6, 5, 3);
    Initializers.kaimingUniform(weight, 2, new SplitMix64(1));
    float bound = (float) Math.sqrt(6.0 / (5 * 6 * 5 * 3));
    assertFills(weight, bound);
  }

  @Test
  void fanInOfATransposedWeightIsThatOfTheWeightAsStored() {
    Tensor weight = Tensor.zeros(512, 2, 3, 3);
    Initializers.kaimingUniform(weight, 0, new SplitMix64(1));
    assertFills(weight, (float) Math.sqrt(6.0 / (2 * 3 * 3)));
  }

  @Test
  void layerDefaultsDrawTheWeightThenTheBiasWithOneBound() {
    Tensor all = Tensor.zeros(13, 1, 3, 3);
    Initializers.uniform(all, -1 / 3.0, 1 / 3.0, new SplitMix64(42));
    Tensor weight = Tensor.zeros(12, 1, 3, 3);
    Tensor bias = Tensor.zeros(9);
    Initializers.layerDefaults(weight, bias, new SplitMix64(42));
    assertArrayEquals(DEFAULT_START, Arrays.copyOf(weight.data(), 4));
    assertArrayEquals(Arrays.copyOf(all.data(), 108), weight.data());
    assertArrayEquals(Arrays.copyOfRange(all.data(), 108, 117), bias.data());
  }

  @Test
  void theDoubleFormStartsWhereTheFloatFormStarts() {
    Tensor single = Tensor.zeros(4, 3, 2, 2);
    DoubleTensor twice = DoubleTensor.zeros(4, 3, 2, 2);
    Initializers.kaimingUniform(single, 1, new SplitMix64(7));
    DoubleInitializers.kaimingUniform(twice, 1, new SplitMix64(7));
    for (int i = 0; i < single.data().length; i++) {
      assertEquals(single.data()[i], (float) twice.data()[i]);
    }
  }

  @Test
  void refusesATensorWithoutFanIn() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Initializers.kaimingUniform(Tensor.zeros(10), 0, new SplitMix64(1)));
    assertEquals(
        "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions: [10]",
        e.getMessage());
  }

  private static void assertFills(Tensor values, float bound) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values.data()) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    float nearly = 0.99f * bound;
    assertTrue(-bound <= least && least < -nearly, "least " + least + ", bound " + bound);
    assertTrue(nearly < most && most <= bound, "most " + most + ", bound " + bound);
  }
}

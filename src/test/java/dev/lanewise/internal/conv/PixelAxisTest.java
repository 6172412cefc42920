// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelAxisTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 63, 64, 65, 1000})
  void ascendingHasEachValueOnce(int count) {
    int[] values = new Random(count).ints(count, -count / 2, count / 2 + 1).toArray();
    int[] expected = Arrays.stream(values).sorted().distinct().toArray();
    assertArrayEquals(expected, PixelAxis.ascending(values));
  }
}

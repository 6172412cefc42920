// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloatFilterRegionTest {
  @Test
  void eachStretchIsTakenOnce() {
    for (int threads = 1; threads <= 9; threads++) {
      for (int stretches = 1; stretches <= 40; stretches++) {
        int of = stretches;
        int team = threads;
        assertArrayEquals(
            IntStream.range(0, of).toArray(),
            IntStream.range(0, of)
                .map(index -> FloatFilterRegion.apart(index, of, team))
                .sorted()
                .toArray());
      }
    }
  }
}

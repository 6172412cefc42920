// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.jmh.peak.Work;
import java.util.Arrays;

/**
 * Two ways to compute one result from the same operands.
 *
 * @param work what either of them does
 * @param result the array that both write
 */
record Contest(Work work, float[] result, Runnable lanewise, Runnable naive) {
  /**
   * Runs both once.
   *
   * @throws IllegalStateException if the results are not the same, or there are none
   */
  void verify() {
    float[] expected = resultOf(naive);
    float[] actual = resultOf(lanewise);
    boolean empty = true;
    for (int i = 0; i < expected.length; i++) {
      if (actual[i] != expected[i]) {
        throw new IllegalStateException(
            "element %d of %d is %s, but %s by the naive loops"
                .formatted(i, expected.length, actual[i], expected[i]));
      }
      empty &= expected[i] == 0;
    }
    if (empty) {
      throw new IllegalStateException("all %d elements are 0".formatted(expected.length));
    }
  }

  private float[] resultOf(Runnable contender) {
    Arrays.fill(result, 0);
    contender.run();
    return result.clone();
  }
}

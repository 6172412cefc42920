// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
  @Test
  void takesMediansOfWhatEachSliceReachedOfItsOwnCeiling() {
    // 1000 operations in 20, 10 and 100 ns are 50, 100 and 10 GFLOP/s.
    Score score =
        Score.of(
            1000,
            List.of(List.of(new Slice(20, 100), new Slice(10, 100)), List.of(new Slice(100, 50))));
    assertEquals(0.5, score.share());
    assertEquals(50, score.gflops());
    assertEquals(List.of(0.75, 0.2), score.shareByStart());
  }
}

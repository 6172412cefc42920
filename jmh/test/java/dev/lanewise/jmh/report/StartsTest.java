// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.jmh.contenders.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartsTest {
  @Test
  void findsTheStartFarthestBelowItsTasksMedian() {
    Results results =
        Samples.results(
            new Row(
                Task.parse(Samples.LAYER),
                Map.of("lanewise", new Score(0.8, 80, List.of(0.8, 0.76, 0.9)))),
            new Row(
                Task.parse(Samples.PRODUCT),
                Map.of("lanewise", new Score(0.5, 50, List.of(0.5, 0.5, 0.25)))));
    assertEquals(
        "  lanewise        0.50 of 3 starts, Gemm FORWARD 64x64x64",
        new Starts(results).toString().lines().skip(1).findFirst().orElseThrow());
  }
}

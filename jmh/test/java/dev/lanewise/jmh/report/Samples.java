// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results made up for the tests. */
final class Samples {
  static final String LAYER = "Conv2d FORWARD resnet-3x3-64-64@56";
  static final String PRODUCT = "Gemm FORWARD 64x64x64";

  private Samples() {}

  static Results results(Row... rows) {
    return new Results(1, List.of("-XX:+UseG1GC"), 100, 20, List.of(rows));
  }

  /** A row: the task, then contenders and their shares in turn. */
  static Row row(String task, Object... shares) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (int i = 0; i < shares.length; i += 2) {
      double share = (Double) shares[i + 1];
      scores.put((String) shares[i], new Score(share, 100 * share, List.of(share)));
    }
    return new Row(Task.parse(task), scores);
  }
}

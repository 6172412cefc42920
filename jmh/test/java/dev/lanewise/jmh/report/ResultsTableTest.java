// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTableTest {
  private static final String OTHER_LAYER = "Conv2d FORWARD resnet-1x1-64-256@56";

  @Test
  void comparesWithTheBestPeerAndOwnLayoutsAndTakesMeans() {
    Results results =
        Samples.results(
            Samples.row(Samples.LAYER, "lanewise", 0.8, "naive", 0.005, "onednn", 1.0, "ort", 0.4),
            Samples.row(OTHER_LAYER, "lanewise", 0.4, "onednn", 0.8, "ort", 0.8));
    List<String> lines = new ResultsTable(results).toString().lines().toList();
    assertEquals(
        List.of(
            "                                     lanewise  naive  onednn    ort  best peer"
                + "                 own layouts",
            "Conv2d FORWARD resnet-3x3-64-64@56       80 %  0.5 %   100 %   40 %  2.00 x ort"
                + "                0.80 x",
            "Conv2d FORWARD resnet-1x1-64-256@56      40 %           80 %   80 %  0.50 x ort"
                + "                0.50 x",
            "",
            "Conv2d FORWARD                           57 %  0.5 %    89 %   57 %  1.00 x"
                + "                    0.63 x"),
        lines.subList(lines.size() - 5, lines.size()));
  }
}

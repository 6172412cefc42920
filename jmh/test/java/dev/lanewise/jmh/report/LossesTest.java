// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.jmh.contenders.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
  @Test
  void findsWhatLostMoreThanATenth() {
    Losses losses =
        new Losses(
            Samples.results(
                Samples.row(Samples.LAYER, "lanewise", 0.8, "lanewise-fast", 1.6, "ort", 0.9),
                Samples.row(Samples.PRODUCT, "lanewise", 0.9)),
            Samples.results(
                Samples.row(Samples.LAYER, "lanewise", 0.73, "lanewise-fast", 1.2, "ort", 0.1),
                Samples.row(Samples.PRODUCT, "lanewise", 0.95)),
            10);
    assertEquals(3, losses.compared());
    assertEquals(
        List.of(new Losses.Loss(Task.parse(Samples.LAYER), "lanewise-fast", 1.6, 1.2)),
        losses.list());
    assertEquals(
        """
        1 of 3 scores lost more than 10 %; 0 of the earlier run were not measured
        Conv2d FORWARD resnet-3x3-64-64@56 lanewise-fast: 120.0 % of the ceiling instead of \
        160.0 %, 0.75 x
        """,
        losses.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void leavesOutWhatOneRunDoesNotHave() {
    Losses losses =
        new Losses(
            Samples.results(Samples.row(Samples.LAYER, "lanewise", 0.8)),
            Samples.results(Samples.row(Samples.PRODUCT, "lanewise", 0.1)),
            10);
    assertEquals(0, losses.compared());
    assertEquals(List.of(), losses.list());
    assertEquals(
        "0 of 0 scores lost more than 10 %; 1 of the earlier run were not measured",
        losses.toString().strip());
  }
}

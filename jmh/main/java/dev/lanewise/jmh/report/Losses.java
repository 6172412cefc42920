// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Contenders;
import dev.lanewise.jmh.contenders.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Lanewise has become slower than in an earlier run. Shares of the ceiling are compared, so
 * the two runs need not have had the same clock, but they need the same kind of processor.
 */
public final class Losses {
  /**
   * A task that lost speed.
   *
   * @param before the share of the ceiling in the earlier run
   * @param now the share in this one
   */
  public record Loss(Task task, String contender, double before, double now) {
    @Override
    public String toString() {
      return "%s %s: %.1f %% of the ceiling instead of %.1f %%, %.2f x"
          .formatted(task, contender, 100 * now, 100 * before, now / before);
    }
  }

  private final double percent;
  private final List<Loss> losses = new ArrayList<>();
  private int compared;
  private int missing;

  /**
   * Compares two runs.
   *
   * @param percent a smaller loss is none: a noisy machine takes and gives as much
   */
  public Losses(Results baseline, Results now, double percent) {
    this.percent = percent;
    Map<Task, Row> before = new HashMap<>();
    baseline.rows().forEach(row -> before.put(row.task(), row));
    for (Row row : now.rows()) {
      Row earlier = before.remove(row.task());
      if (earlier != null) {
        Contenders.OWN.forEach(contender -> compare(earlier, row, contender));
      }
    }
    before.values().forEach(row -> missing += own(row));
  }

  private static int own(Row row) {
    return (int) row.scores().keySet().stream().filter(Contenders.OWN::contains).count();
  }

  public List<Loss> list() {
    return List.copyOf(losses);
  }

  /** How many scores both runs have. */
  public int compared() {
    return compared;
  }

  private void compare(Row before, Row now, String contender) {
    if (!before.scores().containsKey(contender)) {
      return;
    }
    if (!now.scores().containsKey(contender)) {
      missing++;
    } else {
      compared++;
      if (now.share(contender) < (1 - percent / 100) * before.share(contender)) {
        losses.add(new Loss(now.task(), contender, before.share(contender), now.share(contender)));
      }
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d of %d scores lost more than %.0f %%; %d of the earlier run were not measured%n"
            .formatted(losses.size(), compared, percent, missing));
    losses.forEach(loss -> text.append(loss).append(System.lineSeparator()));
    return text.toString();
  }
}

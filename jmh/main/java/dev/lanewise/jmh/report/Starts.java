// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import java.util.Collections;
import java.util.Locale;

/** Whether any start of a contender's process was slow: the worst of each, in words. */
public final class Starts {
  private final Results results;

  public Starts(Results results) {
    this.results = results;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Slowest start, as part of the task's median:\n");
    for (String contender : results.contenders()) {
      double worst = Double.POSITIVE_INFINITY;
      Row worstRow = null;
      int starts = 0;
      for (Row row : results.rows()) {
        Score score = row.scores().get(contender);
        if (score != null) {
          starts = score.shareByStart().size();
          double part = Collections.min(score.shareByStart()) / score.share();
          if (part < worst) {
            worst = part;
            worstRow = row;
          }
        }
      }
      text.append(
          String.format(
              Locale.ROOT,
              "  %-15s %.2f of %d starts, %s%n",
              contender,
              worst,
              starts,
              worstRow.task()));
    }
    return text.toString();
  }
}

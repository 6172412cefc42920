// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.lanewise.jmh.contenders.Contenders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One row per task: what every contender reached of the ceiling, and how many times faster Lanewise
 * is than the best peer on the same layout and than oneDNN on its own layouts. Geometric means of
 * the ratios by operator and pass end it.
 */
public final class ResultsTable {
  private final Results results;

  public ResultsTable(Results results) {
    this.results = results;
  }

  @Override
  public String toString() {
    int width =
        results.rows().stream().mapToInt(row -> row.task().toString().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(
        """

        Share of the fastest multiply-adds in registers (%.0f GFLOP/s on %d thread%s), medians; then how
        many times faster Lanewise is than the best peer that takes NCHW arrays, and than oneDNN when all
        operands are in layouts of its own. Below: geometric means.

        """
            .formatted(results.ceiling(), results.threads(), results.threads() == 1 ? "" : "s"));
    text.append(" ".repeat(width));
    for (String name : results.contenders()) {
      text.append(column(name, name));
    }
    text.append("  best peer                 own layouts\n");
    for (Row row : results.rows()) {
      text.append(String.format("%-" + width + "s", row.task()));
      for (String name : results.contenders()) {
        text.append(column(name, percent(row.share(name))));
      }
      text.append("  %-24s".formatted(bestPeer(row)));
      text.append("  %s".formatted(times(ownLayouts(row))));
      endLine(text);
    }
    text.append('\n');
    means(width, text);
    return text.toString();
  }

  private void means(int width, StringBuilder text) {
    Map<String, List<Row>> groups =
        results.rows().stream()
            .collect(
                groupingBy(
                    row -> row.task().operator() + " " + row.task().pass(),
                    LinkedHashMap::new,
                    toList()));
    groups.forEach(
        (group, rows) -> {
          text.append(String.format("%-" + width + "s", group));
          for (String name : results.contenders()) {
            text.append(column(name, percent(mean(rows, row -> row.share(name)))));
          }
          text.append("  %-24s".formatted(times(mean(rows, ResultsTable::againstBestPeer))));
          text.append("  %s".formatted(times(mean(rows, ResultsTable::ownLayouts))));
          endLine(text);
        });
  }

  /** Of the rows that have a value. */
  private static double mean(List<Row> rows, ToDoubleFunction<Row> value) {
    return Medians.geometric(
        rows.stream().mapToDouble(value).filter(ratio -> !Double.isNaN(ratio)).toArray());
  }

  private static String bestPeer(Row row) {
    return row.bestPeer()
        .map(peer -> times(row.ratio(Contenders.LANEWISE, peer)) + " " + peer)
        .orElse("");
  }

  private static double againstBestPeer(Row row) {
    return row.bestPeer().map(peer -> row.ratio(Contenders.LANEWISE, peer)).orElse(Double.NaN);
  }

  private static double ownLayouts(Row row) {
    return row.ratio(Contenders.LANEWISE, Contenders.OWN_LAYOUTS);
  }

  private static String column(String name, String value) {
    return String.format("  %" + Math.max(name.length(), 5) + "s", value);
  }

  private static String percent(double share) {
    return Double.isNaN(share)
        ? ""
        : String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  private static String times(double ratio) {
    return Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f x", ratio);
  }

  private static void endLine(StringBuilder text) {
    text.setLength(text.toString().stripTrailing().length());
    text.append('\n');
  }
}

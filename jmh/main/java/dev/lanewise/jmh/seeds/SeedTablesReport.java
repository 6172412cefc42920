// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * Tables I to IV as seed 004 prints them, with the contenders of a run in columns: the median of
 * the iterations in ms, and how many times as long the naive loops take.
 */
public final class SeedTablesReport {
  private static final String NAIVE = "naive";
  private static final String LANEWISE = "lanewise";

  /** Milliseconds, by table, row and contender. */
  private final Map<Heading, Map<String, Map<String, Double>>> tables = new TreeMap<>();

  /** One table of a run. */
  private record Heading(SeedTable table, int threads) implements Comparable<Heading> {
    private static final Comparator<Heading> ORDER =
        Comparator.comparing(Heading::table).thenComparing(Heading::threads);

    @Override
    public int compareTo(Heading other) {
      return ORDER.compare(this, other);
    }
  }

  /** Takes the tables' benchmarks out of all results. */
  public SeedTablesReport(Collection<RunResult> results) {
    for (RunResult result : results) {
      BenchmarkParams benchmark = result.getParams();
      if (benchmark.getBenchmark().contains("SeedTablesBenchmark.")) {
        String contender =
            benchmark.getBenchmark().substring(benchmark.getBenchmark().lastIndexOf('.') + 1);
        double microseconds = result.getPrimaryResult().getStatistics().getPercentile(50);
        tables
            .computeIfAbsent(
                new Heading(
                    SeedTable.valueOf(benchmark.getParam("table")),
                    Integer.parseInt(benchmark.getParam("threads"))),
                heading -> new LinkedHashMap<>())
            .computeIfAbsent(benchmark.getParam("size"), size -> new LinkedHashMap<>())
            .put(contender, microseconds / 1e3);
      }
    }
  }

  /** Empty without such benchmarks. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    tables.forEach(
        (heading, rows) -> {
          SeedTable table = heading.table();
          text.append(
              "%nTABLE %s: %s, %d x %d%s; ms, Lanewise and PyTorch with %d thread%s%n"
                  .formatted(
                      table,
                      table.title(),
                      SeedTable.SIDE,
                      SeedTable.SIDE,
                      table.convolution()
                          ? ", kernel %d x %d".formatted(SeedTable.KERNEL, SeedTable.KERNEL)
                          : ", to %d x %d".formatted(table.outSide(), table.outSide()),
                      heading.threads(),
                      heading.threads() == 1 ? "" : "s"));
          text.append(line("", "naive", "Lanewise", "ratio", "PyTorch"));
          rows.forEach((size, times) -> text.append(row(size, times)));
        });
    return text.toString();
  }

  private static String row(String size, Map<String, Double> times) {
    Double naive = times.get(NAIVE);
    Double lanewise = times.get(LANEWISE);
    return line(
        SeedTable.Size.parse(size).toString(),
        milliseconds(naive),
        milliseconds(lanewise),
        naive == null || lanewise == null
            ? ""
            : String.format(Locale.ROOT, "%.0fx", naive / lanewise),
        milliseconds(times.get("pytorch")));
  }

  private static String milliseconds(Double time) {
    return time == null ? "" : String.format(Locale.ROOT, "%.3f", time);
  }

  private static String line(String row, String... columns) {
    StringBuilder text = new StringBuilder("%-20s".formatted(row));
    for (String column : columns) {
      text.append("%12s".formatted(column));
    }
    return text.append('\n').toString();
  }
}

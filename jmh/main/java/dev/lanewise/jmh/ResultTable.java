// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.jmh.peak.CeilingProfiler;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * One row per operator and shape: what Lanewise and the naive loops reach of the ceiling, and how
 * many times faster Lanewise is. Both shares are held against the ceiling of their own second, so a
 * clock that changes between the two forks cancels.
 */
final class ResultTable {
  private static final String LANEWISE = "lanewise";
  private static final String NAIVE = "naive";

  /** The shares of all iterations, by row and contender. */
  private final SequencedMap<String, Map<String, ListStatistics>> rows = new LinkedHashMap<>();

  /** Every ceiling met, by its unit. */
  private final SequencedMap<String, ListStatistics> ceilings = new LinkedHashMap<>();

  ResultTable(Collection<RunResult> results) {
    for (RunResult result : results) {
      BenchmarkParams benchmark = result.getParams();
      if (secondary(result, CeilingProfiler.SHARE).findAny().isEmpty()) {
        continue;
      }
      ListStatistics shares =
          rows.computeIfAbsent(row(benchmark), row -> new LinkedHashMap<>())
              .computeIfAbsent(contender(benchmark), contender -> new ListStatistics());
      secondary(result, CeilingProfiler.SHARE).forEach(share -> shares.addValue(share.getScore()));
      secondary(result, CeilingProfiler.CEILING)
          .forEach(
              ceiling ->
                  ceilings
                      .computeIfAbsent(ceiling.getScoreUnit(), unit -> new ListStatistics())
                      .addValue(ceiling.getScore()));
    }
  }

  /** Nothing, if no benchmark was held against a ceiling. */
  @Override
  public String toString() {
    if (rows.isEmpty()) {
      return "";
    }
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    String format = "%-" + width + "s  %9s  %7s  %7s  %14s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        """

        Share of the ceiling: median of the iterations, and the best of them. The ceiling is the rate
        of multiply-adds in registers, for Unfold and Fold that of a copy, measured around each
        iteration. A best far above its median means that the machine was busy with something else.
        """);
    ceilings.forEach(
        (unit, rates) ->
            text.append(
                "Ceiling: median %.0f %s, from %.0f to %.0f.%n"
                    .formatted(median(rates), unit, rates.getMin(), rates.getMax())));
    text.append('\n').append(format.formatted("", LANEWISE, "best", NAIVE, "lanewise/naive"));
    rows.forEach(
        (row, contenders) -> {
          Statistics lanewise = contenders.getOrDefault(LANEWISE, new ListStatistics());
          Statistics naive = contenders.getOrDefault(NAIVE, new ListStatistics());
          text.append(
              format.formatted(
                  row,
                  digits(median(lanewise), " %"),
                  digits(lanewise.getMax(), " %"),
                  digits(median(naive), " %"),
                  digits(median(lanewise) / median(naive), " x")));
        });
    return text.toString();
  }

  /** None of a benchmark that is held against no ceiling. */
  private static Stream<Result<?>> secondary(RunResult result, String label) {
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .<Result<?>>map(iteration -> iteration.getSecondaryResults().get(label))
        .filter(Objects::nonNull);
  }

  /** Conv2d resnet-3x3-64-64@56 FORWARD: the operator and its parameters. */
  private static String row(BenchmarkParams benchmark) {
    String[] path = benchmark.getBenchmark().split("\\.");
    String operator = path[path.length - 2].replace("Benchmark", "");
    return benchmark.getParamsKeys().stream()
        .map(benchmark::getParam)
        .collect(Collectors.joining(" ", operator + " ", ""));
  }

  private static String contender(BenchmarkParams benchmark) {
    return benchmark.getBenchmark().substring(benchmark.getBenchmark().lastIndexOf('.') + 1);
  }

  private static double median(Statistics values) {
    return values.getPercentile(50);
  }

  /**
   * Two significant digits, or all whole ones: 0.042, 0.42, 4.2, 42, 420; empty without a value.
   */
  private static String digits(double value, String unit) {
    if (Double.isNaN(value)) {
      return "";
    }
    return (value < 10
            ? BigDecimal.valueOf(value).round(new MathContext(2)).toPlainString()
            : Math.round(value))
        + unit;
  }
}

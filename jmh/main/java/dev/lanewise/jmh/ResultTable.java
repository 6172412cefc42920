// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.jmh.peak.CeilingProfiler;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One row per operator and shape: what Lanewise and the naive loops reach of the ceiling, and how
 * many times faster Lanewise is. Both shares are held against the ceiling of their own second, so a
 * clock that changes between the two forks cancels.
 */
final class ResultTable {
  private static final String LANEWISE = "lanewise";
  private static final String NAIVE = "naive";

  /** Shares by contender, by row. */
  private final SequencedMap<String, Map<String, Double>> rows = new LinkedHashMap<>();

  /** Every ceiling met, by its unit. */
  private final SequencedMap<String, List<Double>> ceilings = new LinkedHashMap<>();

  ResultTable(Collection<RunResult> results) {
    for (RunResult result : results) {
      BenchmarkParams benchmark = result.getParams();
      double share =
          median(secondary(result, CeilingProfiler.SHARE).map(Result::getScore).toList());
      rows.computeIfAbsent(row(benchmark), row -> new LinkedHashMap<>())
          .put(contender(benchmark), share);
      secondary(result, CeilingProfiler.CEILING)
          .forEach(
              ceiling ->
                  ceilings
                      .computeIfAbsent(ceiling.getScoreUnit(), unit -> new ArrayList<>())
                      .add(ceiling.getScore()));
    }
  }

  @Override
  public String toString() {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    String format = "%-" + width + "s  %9s  %9s  %14s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        """

        Share of the ceiling, median of the iterations. The ceiling is the rate of multiply-adds in
        registers, for Unfold and Fold that of a copy, measured around each iteration on the same core.
        """);
    ceilings.forEach(
        (unit, rates) ->
            text.append(
                "Ceiling over this run: median %.0f %s, from %.0f to %.0f.%n"
                    .formatted(
                        median(rates),
                        unit,
                        rates.stream().min(Double::compare).orElseThrow(),
                        rates.stream().max(Double::compare).orElseThrow())));
    text.append('\n').append(format.formatted("", LANEWISE, NAIVE, "lanewise/naive"));
    rows.forEach(
        (row, shares) -> {
          Double lanewise = shares.get(LANEWISE);
          Double naive = shares.get(NAIVE);
          String ratio = lanewise == null || naive == null ? "" : digits(lanewise / naive) + " x";
          text.append(format.formatted(row, percent(lanewise), percent(naive), ratio));
        });
    return text.toString();
  }

  private static Stream<Result<?>> secondary(RunResult result, String label) {
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .map(iteration -> (Result<?>) iteration.getSecondaryResults().get(label));
  }

  /** Conv2d FORWARD resnet-3x3-64-64@56: the operator and its parameters. */
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

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int upper = sorted.size() / 2;
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(upper)) / 2;
  }

  private static String percent(Double share) {
    return share == null ? "" : digits(share) + " %";
  }

  /** Two significant digits, or all whole ones: 0.042, 0.42, 4.2, 42, 420. */
  private static String digits(double value) {
    return value < 10
        ? BigDecimal.valueOf(value).round(new MathContext(2)).toPlainString()
        : Long.toString(Math.round(value));
  }
}

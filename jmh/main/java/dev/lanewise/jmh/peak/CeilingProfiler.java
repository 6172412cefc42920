// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peak;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Measures the {@link Ceiling} in the benchmark's own JVM right before and right after every
 * iteration, and adds two secondary results to it: {@value #CEILING}, the mean of the two, and
 * {@value #SHARE}, what the benchmark reached of it in percent.
 */
public final class CeilingProfiler implements InternalProfiler {
  /** Label of the ceiling's rate. */
  public static final String CEILING = "ceiling";

  /** Label of the benchmark's rate in percent of the ceiling. */
  public static final String SHARE = "share";

  private Work workBefore;
  private double rateBefore;

  @Override
  public String getDescription() {
    return "share of the FMA or copy rate of the same core at the same time";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    workBefore = Work.current();
    rateBefore = workBefore == null ? 0 : workBefore.ceiling().rate();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Work work = Work.current();
    if (work == null || result.getPrimaryResult() == null) {
      return List.of();
    }
    double rateAfter = work.ceiling().rate();
    // The first iteration learns only while running, in the trial's set-up, what it measures.
    double ceiling = work == workBefore ? (rateBefore + rateAfter) / 2 : rateAfter;
    double rate = work.perCall() / nanosPerCall(benchmark, result.getPrimaryResult().getScore());
    return List.of(
        new ScalarResult(CEILING, ceiling, work.ceiling().unit(), AggregationPolicy.AVG),
        new ScalarResult(SHARE, 100 * rate / ceiling, "%", AggregationPolicy.AVG));
  }

  private static double nanosPerCall(BenchmarkParams benchmark, double score) {
    double unit = benchmark.getTimeUnit().toNanos(1);
    return benchmark.getMode() == Mode.Throughput ? unit / score : unit * score;
  }
}

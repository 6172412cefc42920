// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.internal.parallel.Region;
import dev.lanewise.internal.parallel.Team;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One parallel region of idle units that take a given time together. What the score has above that
 * time divided by the threads is the region's cost: waking the helpers, and waiting for the last.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class RegionBenchmark {
  /** The calling thread counted. */
  @Param({"1", "2"})
  public int threads;

  /** What the units take together. */
  @Param({"0", "100", "1000"})
  public int workMicros;

  private ExecutorService helpers;
  private Team team;

  @Setup(Level.Trial)
  public void start() {
    helpers = Executors.newCachedThreadPool();
    team = new Team(helpers, threads);
  }

  @TearDown(Level.Trial)
  public void stop() {
    helpers.shutdown();
  }

  @Benchmark
  public void region() {
    int units = team.units();
    team.run(new Idling(workMicros * 1000L / units), units);
  }

  private static final class Idling extends Region {
    private final long unitNanos;

    Idling(long unitNanos) {
      this.unitNanos = unitNanos;
    }

    @Override
    protected void unit(int unit, int slot) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < unitNanos) {
        Thread.onSpinWait();
      }
    }

    @Override
    protected void release() {}
  }
}

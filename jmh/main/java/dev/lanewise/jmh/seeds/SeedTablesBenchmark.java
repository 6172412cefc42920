// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

import dev.lanewise.jmh.Operands;
import dev.lanewise.jmh.peak.Work;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * The rows of Tables I to IV of seed 004. Both contenders first compute the same results of whole
 * numbers, bit for bit. {@link SeedTablesReport} prints what they take.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsPrepend = {
      "--add-modules=jdk.incubator.vector",
      "--sun-misc-unsafe-memory-access=allow"
    })
@Warmup(iterations = 25, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class SeedTablesBenchmark {
  /** Which table. */
  @Param public SeedTable table;

  /** Samples and channels. */
  @Param({"10x8", "10x16", "100x16"})
  public String size;

  /** How many threads the libraries may use; the nested loops use one. */
  @Param("1")
  public int threads;

  private TableEntry lanewise;
  private TableEntry naive;
  private ExecutorService helpers;

  /** Makes the operands, checks the results and says what the work is. */
  @Setup
  public void prepare() {
    SeedTable.Size row = SeedTable.Size.parse(size);
    int pixels = SeedTable.SIDE * SeedTable.SIDE;
    int taps = SeedTable.KERNEL * SeedTable.KERNEL;
    Operands operands = new Operands();
    float[] input = operands.next((long) row.samples() * row.channels() * pixels);
    float[] weight = operands.next((long) row.channels() * row.channels() * taps);
    helpers = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    lanewise = new LanewiseTableEntry(table, row, input, weight, helpers, threads);
    naive = new NaiveTableEntry(table, row, input, weight);
    verify(operands);
    long outputs = (long) row.samples() * row.channels() * table.outSide() * table.outSide();
    int passes = table.backward() ? table.convolution() ? 3 : 2 : 1;
    Work work =
        table.convolution()
            ? Work.multiplyAdds(passes * outputs * row.channels() * taps)
            : Work.moves(passes * (input.length + outputs));
    work.declare();
  }

  /** Lets the helpers go. */
  @TearDown
  public void release() {
    helpers.close();
  }

  private void verify(Operands operands) {
    float[] output = naive.forward();
    requireSame("output", output, lanewise.forward());
    float[] gradOutput = operands.next(output.length);
    requireSame("gradInput", naive.backward(gradOutput), lanewise.backward(gradOutput));
    requireSame("gradWeight", naive.gradWeight(), lanewise.gradWeight());
  }

  private static void requireSame(String what, float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new IllegalStateException(
          "%s: %d elements, but %d by the naive loops"
              .formatted(what, actual.length, expected.length));
    }
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != actual[i]) {
        throw new IllegalStateException(
            "%s: element %d is %s, but %s by the naive loops"
                .formatted(what, i, actual[i], expected[i]));
      }
    }
  }

  /** Lanewise's layers. */
  @Benchmark
  public void lanewise() {
    run(lanewise);
  }

  /** Nested loops. */
  @Benchmark
  @Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
  @Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  public void naive() {
    run(naive);
  }

  private void run(TableEntry entry) {
    if (table.backward()) {
      entry.forwardAndBackward();
    } else {
      entry.forward();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.WarmUp;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An operator, by Lanewise and by naive loops on the same operands: one subclass per operator, one
 * method per contender. Each fork first waits until C2 is done with Lanewise's kernels, and makes
 * sure that both contenders compute the same.
 *
 * <p>Iterations are short because the machine may be noisy: the table takes their median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// Prepended, so that -jvmArgsAppend on the command line adds to it instead of taking its place. The
// second flag silences JDK 25 about JMH 1.37's use of Unsafe.
@Fork(
    value = 1,
    jvmArgsPrepend = {
      "--add-modules=jdk.incubator.vector",
      "--sun-misc-unsafe-memory-access=allow"
    })
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public abstract class OperatorBenchmark {
  private Contest contest;

  /** The contenders, on the shape that the parameters name. */
  abstract Contest contest();

  @Setup
  public void prepare() {
    contest = contest();
    WarmUp.run(contest.lanewise());
    contest.verify();
    contest.work().declare();
  }

  @Benchmark
  public float[] lanewise() {
    contest.lanewise().run();
    return contest.result();
  }

  /** On the large shapes one call takes seconds: few iterations, of at least one call each. */
  @Benchmark
  @Warmup(iterations = 1, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  @Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  public float[] naive() {
    contest.naive().run();
    return contest.result();
  }
}

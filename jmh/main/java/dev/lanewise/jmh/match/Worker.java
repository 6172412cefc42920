// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import com.sun.management.OperatingSystemMXBean;
import dev.lanewise.conv.WarmUp;
import dev.lanewise.jmh.contenders.Contender;
import dev.lanewise.jmh.contenders.Contenders;
import dev.lanewise.jmh.contenders.Entry;
import dev.lanewise.jmh.contenders.Problem;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.peak.CommonCeiling;
import dev.lanewise.jmh.peak.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * The process of one contender. It reads commands from its standard input and answers each with one
 * line that starts with {@value #MARK}, since native libraries may write to standard output too:
 *
 * <ul>
 *   <li>{@value #ENTER} and a task prepares, warms up and checks the result; {@value #READY}, or
 *       {@value #CANNOT} if the contender does not solve such tasks
 *   <li>{@value #TIME} runs for a slice of time; nanoseconds a call, and the ceiling
 *   <li>{@value #BANDWIDTH} copies memory; GB/s
 * </ul>
 *
 * The end of the input ends the process.
 */
final class Worker {
  static final String MARK = "> ";
  static final String ENTER = "enter";
  static final String READY = "ready";
  static final String CANNOT = "cannot";
  static final String TIME = "time";
  static final String BANDWIDTH = "bandwidth";

  private static final long SLICE_NANOS = 50_000_000;
  private static final int WARM_UP_CALLS = 3;

  /**
   * Until C2 has compiled what runs in the JVM, for the last time; native code only fills its
   * caches. It is time of the processor, the compiler's included, so that a busy machine does not
   * cut it short.
   */
  private static final long JAVA_WARM_UP_NANOS = 2_000_000_000;

  private static final long NATIVE_WARM_UP_NANOS = 150_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final OperatingSystemMXBean OPERATING_SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** Far more than any cache holds. */
  private static final long COPIED_FLOATS = 64L << 20;

  private final String name;
  private final Contender contender;
  private final int threads;
  private final CommonCeiling ceiling;
  private Entry entry;
  private long callsPerSlice;

  private Worker(String name, int threads) {
    this.name = name;
    this.contender = Contenders.create(name, threads);
    this.threads = threads;
    this.ceiling = new CommonCeiling(threads);
  }

  /** Arguments: the contender's name and its number of threads. */
  public static void main(String[] arguments) throws IOException {
    Worker worker = new Worker(arguments[0], Integer.parseInt(arguments[1]));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    answer(READY);
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answer(worker.reply(line));
    }
  }

  private static void answer(String reply) {
    System.out.println(MARK + reply);
  }

  private String reply(String command) {
    return switch (command) {
      case TIME -> time();
      case BANDWIDTH -> Double.toString(Work.moves(COPIED_FLOATS).ceiling().rate());
      default -> enter(Task.parse(command.substring(ENTER.length() + 1)));
    };
  }

  private String enter(Task task) {
    if (entry != null) {
      entry.close();
      entry = null;
      // Native memory that hangs on Java objects is only freed when they are collected.
      System.gc();
    }
    if (!contender.canSolve(task)) {
      return CANNOT;
    }
    Problem problem = Problem.of(task);
    entry = contender.enter(problem);
    warmUp();
    // Only now: what is timed is what C2 has made of it, and cold calls are by scalar kernels.
    verify(problem);
    callsPerSlice = callsIn(SLICE_NANOS);
    return READY;
  }

  private void verify(Problem problem) {
    Arrays.fill(problem.result(), Float.NaN);
    entry.run();
    Agreement agreement = contender.exact() ? Agreement.EXACT : Agreement.CLOSE;
    agreement.require(problem.task(), expected(problem.task()), entry.result());
  }

  private float[] expected(Task task) {
    try (Entry reference = Contenders.referenceFor(name).enter(Problem.of(task))) {
      reference.run();
      return reference.result();
    }
  }

  private void warmUp() {
    long nanos = NATIVE_WARM_UP_NANOS;
    long start = OPERATING_SYSTEM.getProcessCpuTime();
    if (entry.compilesWhileRunning()) {
      nanos = JAVA_WARM_UP_NANOS;
      // Vector kernels take over now, and not within a slice.
      WarmUp.run(entry::run);
    }
    for (int calls = 0;
        calls < WARM_UP_CALLS || OPERATING_SYSTEM.getProcessCpuTime() - start < nanos;
        calls++) {
      entry.run();
    }
  }

  /** Of a stretch that is long enough: the clock may stand still during a single call. */
  private long callsIn(long nanos) {
    long calls = 1;
    long taken = timeOf(calls);
    while (taken < nanos / 8) {
      calls *= 2;
      taken = timeOf(calls);
    }
    return Math.max(1, calls * nanos / taken);
  }

  private long timeOf(long calls) {
    long start = clock();
    for (long call = 0; call < calls; call++) {
      entry.run();
    }
    return clock() - start;
  }

  private String time() {
    double ceilingBefore = ceiling.rate();
    double nanosPerCall = timeOf(callsPerSlice) / (double) callsPerSlice;
    double ceilingAfter = ceiling.rate();
    return nanosPerCall + " " + (ceilingBefore + ceilingAfter) / 2;
  }

  /**
   * Where one thread does everything, the processor's time for it: it stands still while another
   * process has the core. Several threads may wait for each other, which counts.
   */
  private long clock() {
    return threads == 1 ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import dev.lanewise.jmh.peak.Ceiling;
import dev.lanewise.jmh.peak.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Locale;

/**
 * The process of one contender. It reads commands from its standard input and answers each with one
 * line that starts with {@value #MARK}, since native libraries may write to standard output too:
 *
 * <ul>
 *   <li>{@code enter TASK} prepares, checks the result and warms up; {@code ok}, or {@code none} if
 *       this contender cannot solve it
 *   <li>{@code time} runs for a slice of time; nanoseconds a call, and the ceiling before and after
 * </ul>
 *
 * The end of the input ends the process.
 */
final class Worker {
  static final String MARK = "> ";

  private static final long SLICE_NANOS = 50_000_000;
  private static final int WARM_UP_CALLS = 3;

  /** Until C2 has compiled what runs in the JVM; native code only fills its caches. */
  private static final long JAVA_WARM_UP_NANOS = 1_000_000_000;

  private static final long NATIVE_WARM_UP_NANOS = 150_000_000;

  private final Contender contender;
  private Entry entry;
  private Ceiling ceiling;
  private long callsPerSlice;

  private Worker(Contender contender) {
    this.contender = contender;
  }

  /** Arguments: the contender's name and its number of threads. */
  public static void main(String[] arguments) throws IOException {
    Worker worker = new Worker(Contenders.create(arguments[0], Integer.parseInt(arguments[1])));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    answer("ready");
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      answer(worker.reply(line));
    }
  }

  private static void answer(String reply) {
    System.out.println(MARK + reply);
  }

  private String reply(String command) {
    return command.equals("time")
        ? time()
        : enter(Task.parse(command.substring("enter ".length())));
  }

  private String enter(Task task) {
    if (entry != null) {
      entry.close();
      entry = null;
      // Native memory that hangs on Java objects is only freed when they are collected.
      System.gc();
    }
    if (!contender.canSolve(task)) {
      return "none";
    }
    verify(task);
    entry = contender.enter(Problem.of(task));
    ceiling = Work.multiplyAdds(task.multiplyAdds()).ceiling();
    warmUp();
    return "ok";
  }

  /** Against Lanewise, and Lanewise against the naive loops where they are quick enough. */
  private void verify(Task task) {
    Contender reference =
        contender instanceof LanewiseContender ? new NaiveContender() : new LanewiseContender();
    if (!reference.canSolve(task)) {
      return;
    }
    float[] expected = resultOf(reference, task);
    float[] actual = resultOf(contender, task);
    int mismatch = Arrays.mismatch(expected, actual);
    if (mismatch >= 0 && (actual.length != expected.length || differ(expected, actual))) {
      throw new IllegalStateException(
          "%s: element %d differs: %s instead of %s"
              .formatted(task, mismatch, actual[mismatch], expected[mismatch]));
    }
  }

  /** 0 and −0 are the same. */
  private static boolean differ(float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != actual[i]) {
        return true;
      }
    }
    return false;
  }

  private static float[] resultOf(Contender contender, Task task) {
    Problem problem = Problem.of(task);
    Arrays.fill(problem.result(), Float.NaN);
    try (Entry entry = contender.enter(problem)) {
      entry.run();
      return entry.result();
    }
  }

  private void warmUp() {
    long nanos = entry instanceof JavaEntry ? JAVA_WARM_UP_NANOS : NATIVE_WARM_UP_NANOS;
    long start = System.nanoTime();
    long fastest = Long.MAX_VALUE;
    int calls = 0;
    while (calls < WARM_UP_CALLS || System.nanoTime() - start < nanos) {
      long before = System.nanoTime();
      entry.run();
      fastest = Math.min(fastest, System.nanoTime() - before);
      calls++;
    }
    callsPerSlice = Math.max(1, SLICE_NANOS / Math.max(1, fastest));
  }

  private String time() {
    double ceilingBefore = ceiling.rate();
    long start = System.nanoTime();
    for (long call = 0; call < callsPerSlice; call++) {
      entry.run();
    }
    double nanosPerCall = (System.nanoTime() - start) / (double) callsPerSlice;
    double ceilingAfter = ceiling.rate();
    return String.format(Locale.ROOT, "%.1f %.4f %.4f", nanosPerCall, ceilingBefore, ceilingAfter);
  }
}

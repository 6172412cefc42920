// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.start.Takeover;

/**
 * Repeats a call of operators until it no longer gets faster, for programs that would rather wait
 * before their first call than during it.
 *
 * <p>C2 compiles a kernel in several steps and sometimes throws its first version away within
 * milliseconds, so neither a number of calls nor one fast call says that it is done (JDK 25): only
 * times that stay near the best do. Vector kernels take over from scalar ones on the way; it waits
 * for them.
 */
public final class WarmUp {
  private static final long MOST_NANOS = 3_000_000_000L;

  /** The shortest time of which anything can be said: C2 takes about as long for one kernel. */
  private static final long LEAST_NANOS = 200_000_000L;

  /** How long the best must have stood. */
  private static final long STEADY_NANOS = 150_000_000L;

  /** What counts as a new best; and what is less slow than that is as fast as the best. */
  private static final double FASTER = 0.9;

  /** About the number of calls of which most must be as fast as the best in the end. */
  private static final int LATEST = 16;

  private WarmUp() {}

  /**
   * Repeats it in the calling thread, for three seconds and a call at the most. {@link
   * Conv2d#warmUp()} does so for a plan.
   *
   * @param call what is to be fast, with all its operands
   */
  public static void run(Runnable call) {
    Takeover.eagerly(MOST_NANOS, () -> repeat(call));
  }

  private static void repeat(Runnable call) {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    long bestSince = start;
    double asFast = 0;
    for (long now = start; ; ) {
      call.run();
      long end = System.nanoTime();
      long taken = end - now;
      if (taken < FASTER * best) {
        best = taken;
        bestSince = end;
      }
      asFast += ((FASTER * taken <= best ? 1 : 0) - asFast) / LATEST;
      boolean waits = Takeover.waits();
      boolean steady = !waits && asFast > 0.5 && end - bestSince > Math.max(STEADY_NANOS, 5 * best);
      if (end - start > MOST_NANOS || end - start > LEAST_NANOS && steady) {
        return;
      }
      now = end;
    }
  }
}

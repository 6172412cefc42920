// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.parallel;

import java.util.concurrent.Executor;

/**
 * Who works on a call: the calling thread and up to {@code threads − 1} tasks of an executor.
 *
 * @param executor lends threads; null for none
 * @param threads the calling thread counted; of more than {@value #MOST_THREADS} so many
 */
public record Team(Executor executor, int threads) {
  /** The calling thread alone. */
  public static final Team ALONE = new Team(null, 1);

  /**
   * Multiply-adds below which a call stays on its own thread: about 100 µs of one core, of which
   * waking another one would cost a good part. The system property is for tests.
   */
  private static final long LEAST_WORK = Long.getLong("dev.lanewise.leastSharedWork", 5_000_000);

  /** So that the scratch of all of them together, at most 8 MiB each, fits an array. */
  static final int MOST_THREADS = 512;

  /**
   * Units of work for each thread. More of them even out threads that come late or share their
   * core; fewer repeat less of what a unit does for itself.
   */
  private static final int UNITS_PER_THREAD = 8;

  /**
   * The same where each unit copies all operands for itself: two threads computed the weight
   * gradient of 16 channels in 2.9 ms instead of 3.7 (with 8 units each).
   */
  private static final int LARGE_UNITS_PER_THREAD = 2;

  /** Checks the number of threads. */
  public Team {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, but got " + threads);
    }
    threads = Math.min(threads, MOST_THREADS);
  }

  /** Whether sharing that many multiply-adds pays. */
  public boolean shares(double multiplyAdds) {
    return threads > 1 && multiplyAdds >= LEAST_WORK;
  }

  /** How many units to cut work into, if it can be cut that far. */
  public int units() {
    return threads * UNITS_PER_THREAD;
  }

  /** How many units to cut work into whose units repeat much of what each needs. */
  public int largeUnits() {
    return threads * LARGE_UNITS_PER_THREAD;
  }

  /** Runs a region to its end. */
  public void run(Region region, int units) {
    region.run(executor, Math.min(threads, units), units);
  }

  @Override
  public String toString() {
    return threads == 1
        ? "calling thread only"
        : "calling thread and %d of an executor".formatted(threads - 1);
  }
}

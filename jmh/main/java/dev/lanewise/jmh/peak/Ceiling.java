// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peak;

/**
 * The fastest this core can do one kind of work, measured whenever asked: the clock of a virtual
 * machine wanders by tens of percent within minutes, so a figure from another time is worth little.
 */
public abstract class Ceiling {
  private static final long WARM_UP_NANOS = 500_000_000L;
  private static final int SLICES = 8;

  private boolean warm;

  /** The unit of {@link #rate()}. */
  public abstract String unit();

  /** Runs the loop for one or two milliseconds; work per nanosecond. */
  abstract double slice();

  /** The rate now: the best of a few slices, because whatever disturbs a slice only slows it. */
  public final double rate() {
    if (!warm) {
      warmUp();
    }
    double best = 0;
    for (int s = 0; s < SLICES; s++) {
      best = Math.max(best, slice());
    }
    return best;
  }

  private void warmUp() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      slice();
    }
    warm = true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How much memory training allocates once C2 has compiled it. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_NANOS = Duration.ofMinutes(1).toNanos();

  private Allocation() {}

  /**
   * Trains for whole epochs, the shorter last batch included, until one has allocated nothing, a
   * minute at the most: as long as the interpreter or C1 runs a vector kernel each vector is an
   * object. What allocates in every step, or once in every epoch, never has such an epoch.
   *
   * @return the bytes that the calling thread allocated in the most frugal epoch
   */
  public static long leastOfAnEpoch(Learner learner) {
    long start = System.nanoTime();
    long least = Long.MAX_VALUE;
    while (least > 0 && System.nanoTime() - start < MOST_NANOS) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int batch = 0; batch < learner.batches(); batch++) {
        learner.learn(batch);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      // C2 takes turns with this thread where there is one processor.
      LockSupport.parkNanos(1_000_000);
    }
    return least;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class RegionTest {
  private static final int REGIONS = 2_000;
  private static final int UNITS = 17;
  private static final int THREADS = 4;

  /** Counts how often each unit was done, and who was in which slot at the same time. */
  private static final class Counting extends Region {
    final AtomicIntegerArray done = new AtomicIntegerArray(UNITS);
    final AtomicIntegerArray inSlot = new AtomicIntegerArray(THREADS);
    boolean released;

    @Override
    protected void unit(int unit, int slot) {
      if (inSlot.incrementAndGet(slot) != 1) {
        throw new IllegalStateException("two threads in slot " + slot);
      }
      done.incrementAndGet(unit);
      inSlot.decrementAndGet(slot);
    }

    @Override
    protected void release() {
      released = true;
    }
  }

  private static void everyUnitIsDoneOnce(Executor executor) {
    for (int r = 0; r < REGIONS; r++) {
      Counting region = new Counting();
      new Team(executor, THREADS).run(region, UNITS);
      for (int u = 0; u < UNITS; u++) {
        assertEquals(1, region.done.get(u), "unit " + u + " of region " + r);
      }
      assertTrue(region.released);
    }
  }

  @Test
  void onTheCallingThread() {
    everyUnitIsDoneOnce(Runnable::run);
  }

  @Test
  void whenTasksAreDiscarded() {
    everyUnitIsDoneOnce(task -> {});
  }

  @Test
  void whenTasksAreRejected() {
    everyUnitIsDoneOnce(
        task -> {
          throw new RejectedExecutionException();
        });
  }

  @Test
  void onPools() {
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS - 1);
        ExecutorService one = Executors.newSingleThreadExecutor();
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      everyUnitIsDoneOnce(pool);
      everyUnitIsDoneOnce(one);
      everyUnitIsDoneOnce(virtual);
      everyUnitIsDoneOnce(ForkJoinPool.commonPool());
    }
  }

  @Test
  void insideATaskOfItsOwnPool() throws Exception {
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(60), () -> one.submit(() -> everyUnitIsDoneOnce(one)).get());
    }
  }

  /** The executor's only thread is busy until the region is over. */
  @Test
  void doesNotWaitForHelpersThatNeverBegin() {
    try (ExecutorService one = Executors.newSingleThreadExecutor()) {
      CountDownLatch over = new CountDownLatch(1);
      one.execute(
          () -> {
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(60), () -> new Team(one, 2).run(new Counting(), UNITS));
      over.countDown();
    }
  }

  @Test
  void aFailureReachesTheCaller() {
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS - 1)) {
      for (int r = 0; r < REGIONS; r++) {
        IllegalStateException failure = new IllegalStateException("unit");
        int failing = r % UNITS;
        Region region =
            new Region() {
              @Override
              protected void unit(int unit, int slot) {
                if (unit == failing) {
                  throw failure;
                }
              }

              @Override
              protected void release() {}
            };
        assertSame(
            failure,
            assertThrows(
                IllegalStateException.class, () -> new Team(pool, THREADS).run(region, UNITS)));
      }
    }
  }

  @Test
  void anInterruptOfTheCallerIsKept() {
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS - 1)) {
      Thread.currentThread().interrupt();
      everyUnitIsDoneOnce(pool);
      assertTrue(Thread.interrupted());
    }
  }
}

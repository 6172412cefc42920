// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.parallel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * One stretch of work, cut into units that any thread may take in any order.
 *
 * <p>The calling thread offers helpers to an executor, takes units itself until there are none,
 * closes the region and waits only for helpers that have begun: one that the executor rejects,
 * discards or runs too late is not missed. So a region cannot deadlock, not even inside a task of a
 * pool whose threads are all busy with regions. One object a region, and nothing else, is
 * allocated.
 *
 * <p>Each thread that takes part has a slot, 0 for the calling one, to find its own scratch by.
 */
public abstract class Region implements Runnable {
  /** Set in {@link #state} when no helper may begin; the other bits count those at work. */
  private static final int CLOSED = 1 << 31;

  /** Rounds of waiting before the caller parks: what a unit may still take is mostly less. */
  private static final int SPINS = 2_000;

  private static final VarHandle NEXT = field("next", int.class);
  private static final VarHandle STATE = field("state", int.class);
  private static final VarHandle SLOTS = field("slots", int.class);
  private static final VarHandle FAILURE = field("failure", Throwable.class);

  private volatile int next;
  private volatile int state;
  private volatile int slots;
  private volatile Throwable failure;
  private volatile Thread waiting;
  private int units;

  private static VarHandle field(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Region.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Where the share of one of several equals begins. */
  public static int share(int total, int index, int of) {
    return (int) ((long) total * index / of);
  }

  /** Does one unit. Units run at the same time; each is done once. */
  protected abstract void unit(int unit, int slot);

  /** Lets go of operands, which a stale task in a queue would otherwise keep alive. */
  protected abstract void release();

  /** Runs all units; with an exception of any of them once every thread has left. */
  final void run(Executor executor, int threads, int units) {
    this.units = units;
    try {
      offerHelpers(executor, threads - 1);
      work(0);
    } finally {
      close();
      release();
    }
    rethrow();
  }

  private void offerHelpers(Executor executor, int helpers) {
    try {
      for (int h = 0; h < helpers; h++) {
        executor.execute(this);
      }
    } catch (RejectedExecutionException ignored) {
      // Then there are fewer.
    }
  }

  /** A helper's work. An executor calls it, at whatever time. */
  @Override
  public final void run() {
    if (!begin()) {
      return;
    }
    try {
      work((int) SLOTS.getAndAdd(this, 1) + 1);
    } finally {
      end();
    }
  }

  private void work(int slot) {
    try {
      for (int u = take(); u < units; u = take()) {
        unit(u, slot);
      }
    } catch (Throwable thrown) {
      FAILURE.compareAndSet(this, null, thrown);
      next = units;
    }
  }

  private int take() {
    // No further than one past the end for each thread, so that the count cannot overflow.
    return next < units ? (int) NEXT.getAndAdd(this, 1) : units;
  }

  private boolean begin() {
    for (int s = state; (s & CLOSED) == 0; s = state) {
      if (STATE.compareAndSet(this, s, s + 1)) {
        return true;
      }
    }
    return false;
  }

  private void end() {
    int left = (int) STATE.getAndAdd(this, -1) - 1;
    if (left == CLOSED) {
      LockSupport.unpark(waiting);
    }
  }

  private void close() {
    waiting = Thread.currentThread();
    STATE.getAndBitwiseOr(this, CLOSED);
    boolean interrupted = false;
    for (int spins = 0; state != CLOSED; spins++) {
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    waiting = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException exception -> throw exception;
      case Error error -> throw error;
      case Throwable other -> throw new AssertionError("a unit throws nothing checked", other);
    }
  }
}

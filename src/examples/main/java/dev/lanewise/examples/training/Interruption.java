// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C, and any other signal that ends the program, into a question that the work can ask:
 * while this is open, the program ends only when the work has closed it, or after {@value
 * #PATIENCE_SECONDS} s.
 */
final class Interruption implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::holdUp, "interruption");
  private volatile boolean requested;

  private Interruption() {}

  /** From now on signals wait. */
  static Interruption awaited() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the program is to end. */
  boolean requested() {
    return requested;
  }

  /** Lets the program end. */
  @Override
  public void close() {
    closed.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal came this moment; nothing holds it up any more.
      }
    }
  }

  private void holdUp() {
    requested = true;
    try {
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.concurrent.Executor;

/** Lends no thread. A class and no lambda: the JVM's first lambda takes it ten milliseconds. */
final class CallingThread implements Executor {
  static final Executor EXECUTOR = new CallingThread();

  private CallingThread() {}

  @Override
  public void execute(Runnable task) {
    task.run();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import dev.lanewise.nn.Sequential;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that help the calling one with a network until they are released. */
final class Helpers {
  private final Sequential network;
  private final ExecutorService pool;

  private Helpers(Sequential network, ExecutorService pool) {
    this.network = network;
    this.pool = pool;
  }

  /** So many that with the calling thread there are {@code threads}; possibly none. */
  static Helpers of(Sequential network, int threads) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1), Thread.ofPlatform().daemon().name("helper-", 1).factory());
    network.threads(pool, threads);
    return new Helpers(network, pool);
  }

  /** Lets them go; the calling thread is alone again. */
  void release() {
    network.threads(Runnable::run, 1);
    pool.close();
  }
}

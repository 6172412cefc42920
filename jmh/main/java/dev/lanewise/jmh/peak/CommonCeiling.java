// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The rate of multiply-adds that several threads reach together. */
public final class CommonCeiling {
  private final int threads;
  private final ExecutorService others;

  public CommonCeiling(int threads) {
    this.threads = threads;
    this.others =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "ceiling");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The sum of what the calling thread and the others measure at the same time, in GFLOP/s. */
  public double rate() {
    List<Future<Double>> shares = new ArrayList<>();
    for (int t = 1; t < threads; t++) {
      shares.add(others.submit(FmaCeiling.INSTANCE::rate));
    }
    double sum = FmaCeiling.INSTANCE.rate();
    try {
      for (Future<Double> share : shares) {
        sum += share.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return sum;
  }
}

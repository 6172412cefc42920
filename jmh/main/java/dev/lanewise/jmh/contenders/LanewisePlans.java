// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.jmh.shapes.GemmShape;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes Lanewise's plans. */
final class LanewisePlans {
  private final Arithmetic arithmetic;
  private final int threads;
  private final ExecutorService helpers;

  LanewisePlans(Arithmetic arithmetic, int threads) {
    this.arithmetic = arithmetic;
    this.threads = threads;
    this.helpers =
        Executors.newCachedThreadPool(
            task -> {
              Thread helper = new Thread(task, "helper");
              helper.setDaemon(true);
              return helper;
            });
  }

  Conv2d conv2d(Task task) {
    return Conv2d.of(task.layer().conv2d())
        .arithmetic(arithmetic)
        .threads(helpers, threads)
        .build();
  }

  ConvTranspose2d convTranspose2d(Task task) {
    return ConvTranspose2d.of(task.layer().convTranspose2d()).threads(helpers, threads).build();
  }

  /** A product has one thread. */
  static Gemm product(Task task) {
    GemmShape sizes = task.product();
    return Gemm.of(sizes.m(), sizes.n(), sizes.k()).build();
  }
}

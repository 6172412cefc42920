// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks whose convolutions are large enough to be shared between threads. */
class ThreadsTest {
  private static final int STEPS = 3;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void trainingHasTheSameBitsWithAnyNumberOfThreads(int threads) {
    List<float[]> alone = trained(Runnable::run, 1);
    AtomicInteger tasks = new AtomicInteger();
    List<float[]> shared;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads - 1)) {
      shared =
          trained(
              task -> {
                tasks.incrementAndGet();
                pool.execute(task);
              },
              threads);
    }
    // Forward and both gradients of two layers, but for the first layer's input gradient.
    int passes = STEPS * 5;
    assertTrue(tasks.get() >= passes, tasks + " tasks for " + passes + " passes");
    for (int p = 0; p < alone.size(); p++) {
      assertArrayEquals(alone.get(p), shared.get(p));
    }
  }

  @Test
  void backwardFollowsAForwardOfBefore() {
    Conv2dLayer layer = Conv2dLayer.of(1, 2, 3).build(new SplitMix64(1));
    Tensor output = layer.forward(Tensor.zeros(1, 1, 5, 5));
    layer.threads(Runnable::run, 2);
    assertArrayEquals(new int[] {1, 1, 5, 5}, layer.backward(output).shape());
  }

  @Test
  void refusesNoThreadAndNoExecutor() {
    Sequential network = network();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> network.threads(Runnable::run, 0));
    assertEquals("threads must be positive, but got 0", refused.getMessage());
    NullPointerException missing =
        assertThrows(NullPointerException.class, () -> network.threads(null, 2));
    assertTrue(missing.getMessage().contains("executor"));
  }

  private static List<float[]> trained(Executor executor, int threads) {
    Sequential network = network();
    network.threads(executor, threads);
    Optimizer optimizer = Adam.of(network.parameters()).build();
    MseLoss loss = new MseLoss();
    Tensor images = Tensor.zeros(6, 8, 32, 32);
    Initializers.uniform(images, -1, 1, new SplitMix64(7));
    for (int step = 0; step < STEPS; step++) {
      optimizer.zeroGrad();
      loss.forward(network.forward(images), images);
      network.backwardParameters(loss.backward());
      optimizer.step();
    }
    List<float[]> values = new ArrayList<>();
    network.parameters().forEach(parameter -> values.add(parameter.value().data()));
    return values;
  }

  private static Sequential network() {
    SplitMix64 random = new SplitMix64(3);
    return Sequential.of(
        Conv2dLayer.of(8, 16, 3).padding(1).build(random),
        new ReLU(),
        Sequential.of(ConvTranspose2dLayer.of(16, 8, 3).padding(1).build(random)));
  }
}

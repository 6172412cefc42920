// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Seed 000's autoencoder, on small made-up pictures. */
class TrainingTest {
  private static final int STEPS = 40;

  @Test
  void theLossFalls() {
    double[] losses = new Run(42).losses(STEPS);
    double start = losses[0];
    double end = losses[STEPS - 1];
    assertTrue(end < start / 4, "from " + start + " to " + end);
  }

  @Test
  void aSeedDecidesEveryBit() {
    Run first = new Run(42);
    Run second = new Run(42);
    assertArrayEquals(first.losses(STEPS), second.losses(STEPS));
    for (int i = 0; i < first.network.parameters().size(); i++) {
      assertArrayEquals(
          first.network.parameters().get(i).value().data(),
          second.network.parameters().get(i).value().data());
    }
  }

  @Test
  void anotherSeedGoesAnotherWay() {
    assertTrue(new Run(42).losses(1)[0] != new Run(43).losses(1)[0]);
  }

  @Test
  void inDoubleTheNetworkStartsTheSame() {
    Run run = new Run(42);
    var random = new SplitMix64(42);
    var network =
        DoubleSequential.of(
            DoubleConv2dLayer.of(1, 10, 3).build(random),
            DoubleConvTranspose2dLayer.of(10, 1, 3).build(random));
    for (int i = 0; i < network.parameters().size(); i++) {
      float[] single = run.network.parameters().get(i).value().data();
      double[] twice = network.parameters().get(i).value().data();
      assertEquals(single.length, twice.length);
      for (int j = 0; j < single.length; j++) {
        assertEquals(single[j], (float) twice[j]);
      }
    }
  }

  /**
   * Until C2 has compiled the vector kernels they box their vectors, so the test waits for a
   * stretch of steps without an allocation. What allocates at every step never has one.
   */
  @Test
  @Tag("nightly") // It waits for C2.
  void aStepAllocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Run run = new Run(42);
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    long allocated;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 20; i++) {
        run.step(run.batch);
        run.step(run.lastBatch);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    } while (allocated > 0 && Instant.now().isBefore(deadline));
    assertEquals(0, allocated, "bytes in 40 steps");
  }

  private static final class Run {
    final Tensor batch = pictures(8);
    final Tensor lastBatch = pictures(3);
    final Sequential network;
    private final MseLoss loss = new MseLoss();
    private final Adam optimizer;

    Run(long seed) {
      var random = new SplitMix64(seed);
      network =
          Sequential.of(
              Conv2dLayer.of(1, 10, 3).build(random),
              ConvTranspose2dLayer.of(10, 1, 3).build(random));
      optimizer = Adam.of(network.parameters()).learningRate(1e-2).build();
    }

    double[] losses(int steps) {
      double[] losses = new double[steps];
      Arrays.setAll(losses, i -> step(i % 4 == 3 ? lastBatch : batch));
      return losses;
    }

    double step(Tensor images) {
      optimizer.zeroGrad();
      double value = loss.forward(network.forward(images), images);
      network.backwardParameters(loss.backward());
      optimizer.step();
      return value;
    }

    /** Bright discs on black, as much like digits as the test needs. */
    private static Tensor pictures(int count) {
      Tensor images = Tensor.zeros(count, 1, 12, 12);
      float[] data = images.data();
      for (int i = 0; i < data.length; i++) {
        int n = i / 144;
        int row = i / 12 % 12 - 4 - n % 4;
        int column = i % 12 - 4 - n / 4;
        data[i] = row * row + column * column <= 9 ? 1 : 0;
      }
      return images;
    }
  }
}

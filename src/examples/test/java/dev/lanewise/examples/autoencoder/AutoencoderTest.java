// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.autoencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.data.Mnist;
import dev.lanewise.examples.training.Allocation;
import dev.lanewise.examples.training.SilentProgress;
import dev.lanewise.examples.training.TrainingRun;
import dev.lanewise.nn.SplitMix64;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
  /** What seed 000 reports after two epochs on the whole of MNIST. */
  private static final double LOSS_OF_THE_SEED = 0.00096465;

  /** The demo's own settings, on the digits it carries: an eighth of the training set. */
  @Test
  void learnsAsWellAsTheSeed() throws IOException {
    Mnist mnist = Mnist.embedded();
    TrainingRun run = run(new Batches(mnist.train(), 8), new Batches(mnist.test(), 8), 2, 0);
    assertTrue(run.trainingLoss(1) < run.trainingLoss(0));
    assertTrue(run.test(1)[0] <= LOSS_OF_THE_SEED, "test loss " + run.test(1)[0]);
  }

  @Test
  void aSeedDecidesEveryBitOfARun() throws IOException {
    Mnist mnist = Mnist.embedded();
    float[] losses = lossesOfOneEpoch(mnist, 1);
    assertArrayEquals(losses, lossesOfOneEpoch(mnist, 1));
    assertFalse(Arrays.equals(losses, lossesOfOneEpoch(mnist, 2)));
  }

  /** Nightly: it waits until C2 has compiled every kernel that training meets. */
  @Test
  @Tag("nightly")
  void anEpochAllocatesNothing() throws IOException {
    Mnist mnist = Mnist.embedded();
    Autoencoder autoencoder =
        new Autoencoder(
            new Batches(mnist.train(), 8), new Batches(mnist.test(), 8), new SplitMix64(0));
    assertEquals(0, Allocation.leastOfAnEpoch(autoencoder), "bytes");
  }

  private static float[] lossesOfOneEpoch(Mnist mnist, long seed) {
    return run(new Batches(mnist.test(), 100), new Batches(mnist.test(), 100), 1, seed).losses();
  }

  private static TrainingRun run(Batches train, Batches test, int epochs, long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Autoencoder autoencoder = new Autoencoder(train, test, random);
    TrainingRun run = new TrainingRun(autoencoder, epochs, step -> 1e-3, random);
    run.run(new SilentProgress(), () -> false);
    return run;
  }
}

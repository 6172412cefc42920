// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.data.Mnist;
import dev.lanewise.examples.report.TrainingProgress;
import dev.lanewise.nn.SplitMix64;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
  /** What seed 000 reports after two epochs on the whole of MNIST. */
  private static final double LOSS_OF_THE_SEED = 0.00096465;

  /** The demo's own settings, on the digits it carries: an eighth of the training set. */
  @Test
  void learnsAsWellAsTheSeed() throws IOException {
    Mnist mnist = Mnist.embedded();
    Run run = new Run(new Batches(mnist.train(), 8), 2, 0);
    assertTrue(run.epochLosses.get(1) < run.epochLosses.get(0), run.epochLosses.toString());
    double testLoss = run.autoencoder.loss(new Batches(mnist.test(), 8));
    assertTrue(testLoss <= LOSS_OF_THE_SEED, "test loss " + testLoss);
  }

  @Test
  void aSeedDecidesEveryBitOfARun() throws IOException {
    Mnist mnist = Mnist.embedded();
    List<Double> losses = lossesAfterOneEpoch(mnist, 1);
    assertEquals(losses, lossesAfterOneEpoch(mnist, 1));
    assertNotEquals(losses, lossesAfterOneEpoch(mnist, 2));
  }

  private static List<Double> lossesAfterOneEpoch(Mnist mnist, long seed) {
    return new Run(new Batches(mnist.test(), 100), 1, seed).epochLosses;
  }

  private static final class Run implements TrainingProgress {
    final Autoencoder autoencoder;
    final List<Double> epochLosses = new ArrayList<>();

    Run(Batches batches, int epochs, long seed) {
      SplitMix64 random = new SplitMix64(seed);
      autoencoder = new Autoencoder(1e-3, random);
      for (int epoch = 1; epoch <= epochs; epoch++) {
        autoencoder.trainEpoch(epoch, batches, random, this);
      }
    }

    @Override
    public void batchDone(int epoch, int images, double loss) {}

    @Override
    public void epochDone(int epoch, double loss) {
      epochLosses.add(loss);
    }

    @Override
    public void close() {}
  }
}

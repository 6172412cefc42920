// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.Sequential;
import java.util.List;
import java.util.random.RandomGenerator;

/** A network, the batches of pictures that it learns from, and a test set. */
public interface Learner {
  /** What learns. */
  Sequential network();

  /** What changes the network's parameters. */
  Optimizer optimizer();

  /** Number of batches in an epoch. */
  int batches();

  /** Number of pictures in one batch. */
  int pictures(int batch);

  /**
   * Deals the pictures out to the batches; the same numbers deal them out in the same way, whatever
   * was before.
   */
  void shuffle(RandomGenerator random);

  /**
   * Takes one step with one batch.
   *
   * @return the loss before the step
   */
  double learn(int batch);

  /** What {@link #test} measures; the loss comes first. */
  List<Measure> measures();

  /** Measures the network on the test set, without a change to it. */
  double[] test();
}

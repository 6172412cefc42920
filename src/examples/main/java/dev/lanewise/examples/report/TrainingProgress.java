// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.io.PrintStream;

/**
 * Shows how far a training run has come: a moving bar on a terminal, one line an epoch anywhere
 * else.
 */
public interface TrainingProgress extends AutoCloseable {
  /**
   * A batch has been learnt.
   *
   * @param epoch counted from 1
   * @param pictures how many the batch had
   * @param loss the mean loss of the epoch so far
   */
  void batchDone(int epoch, int pictures, double loss);

  /**
   * An epoch is over.
   *
   * @param epoch counted from 1
   * @param loss the mean loss of the epoch
   * @param test what the test set says now, for a person to read
   */
  void epochDone(int epoch, double loss, String test);

  @Override
  void close();

  /**
   * Starts to show on standard output a run of {@code epochs} times {@code picturesPerEpoch}
   * pictures, some of which it has learnt before.
   */
  static TrainingProgress start(int epochs, int picturesPerEpoch, long learntBefore) {
    PrintStream out = System.out;
    boolean terminal = System.console() != null && System.console().isTerminal();
    return terminal
        ? new ProgressOnTerminal(out, epochs, picturesPerEpoch, learntBefore)
        : new ProgressInLines(out, epochs);
  }
}

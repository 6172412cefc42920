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
   * @param images how many the batch had
   * @param loss the mean loss of the epoch so far
   */
  void batchDone(int epoch, int images, double loss);

  /**
   * An epoch is over.
   *
   * @param epoch counted from 1
   * @param loss the mean loss of the epoch
   */
  void epochDone(int epoch, double loss);

  @Override
  void close();

  /**
   * Starts to show on standard output a run of {@code epochs} times {@code imagesPerEpoch} images.
   */
  static TrainingProgress start(int epochs, int imagesPerEpoch) {
    PrintStream out = System.out;
    boolean terminal = System.console() != null && System.console().isTerminal();
    return terminal
        ? new ProgressOnTerminal(out, epochs, imagesPerEpoch)
        : new ProgressInLines(out, epochs, imagesPerEpoch);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.io.PrintStream;

/** One line an epoch, for files and pipes. */
final class ProgressInLines implements TrainingProgress {
  private final PrintStream out;
  private final int epochs;
  private final int imagesPerEpoch;
  private long epochStart = System.nanoTime();

  ProgressInLines(PrintStream out, int epochs, int imagesPerEpoch) {
    this.out = out;
    this.epochs = epochs;
    this.imagesPerEpoch = imagesPerEpoch;
  }

  @Override
  public void batchDone(int epoch, int images, double loss) {}

  @Override
  public void epochDone(int epoch, double loss) {
    long now = System.nanoTime();
    double seconds = (now - epochStart) / 1e9;
    epochStart = now;
    out.printf(
        "epoch %d/%d: loss %.6f, %,.0f images/s%n", epoch, epochs, loss, imagesPerEpoch / seconds);
  }

  @Override
  public void close() {}
}

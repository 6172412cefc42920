// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.io.PrintStream;

/** One line an epoch, for files and pipes. */
final class ProgressInLines implements TrainingProgress {
  private final PrintStream out;
  private final int epochs;
  private long lastLine = System.nanoTime();
  private long picturesSince;

  ProgressInLines(PrintStream out, int epochs) {
    this.out = out;
    this.epochs = epochs;
  }

  @Override
  public void batchDone(int epoch, int pictures, double loss) {
    picturesSince += pictures;
  }

  @Override
  public void epochDone(int epoch, double loss, String test) {
    long now = System.nanoTime();
    double seconds = (now - lastLine) / 1e9;
    out.printf(
        "epoch %d/%d: loss %.6f, %s, %,.0f pictures/s%n",
        epoch, epochs, loss, test, picturesSince / seconds);
    lastLine = now;
    picturesSince = 0;
  }

  @Override
  public void close() {}
}

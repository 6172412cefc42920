// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar over the whole run with the epoch, its loss so far and the images per second. */
final class ProgressOnTerminal implements TrainingProgress {
  private static final long MESSAGE_NANOS = 100_000_000;

  private final int epochs;
  private final ProgressBar bar;
  private long lastMessage;
  private String lastTest = "";

  ProgressOnTerminal(PrintStream out, int epochs, int picturesPerEpoch, long learntBefore) {
    this.epochs = epochs;
    bar =
        new ProgressBarBuilder()
            .setTaskName("Training")
            .setInitialMax((long) epochs * picturesPerEpoch)
            .startsFrom(learntBefore, Duration.ZERO)
            .setUnit(" pictures", 1)
            .showSpeed(new DecimalFormat("#,##0"))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  @Override
  public void batchDone(int epoch, int pictures, double loss) {
    // The bar looks at the message five times a second; to write one for each batch would be waste.
    long now = System.nanoTime();
    if (now - lastMessage >= MESSAGE_NANOS) {
      lastMessage = now;
      bar.setExtraMessage(
          String.format(" epoch %d/%d, loss %.6f%s", epoch, epochs, loss, lastTest));
    }
    bar.stepBy(pictures);
  }

  @Override
  public void epochDone(int epoch, double loss, String test) {
    lastTest = "; " + test;
  }

  @Override
  public void close() {
    bar.close();
  }
}

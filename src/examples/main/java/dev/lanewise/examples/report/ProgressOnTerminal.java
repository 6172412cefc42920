// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.io.PrintStream;
import java.text.DecimalFormat;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar over the whole run with the epoch, its loss so far and the images per second. */
final class ProgressOnTerminal implements TrainingProgress {
  private final int epochs;
  private final ProgressBar bar;

  ProgressOnTerminal(PrintStream out, int epochs, int imagesPerEpoch) {
    this.epochs = epochs;
    bar =
        new ProgressBarBuilder()
            .setTaskName("Training")
            .setInitialMax((long) epochs * imagesPerEpoch)
            .setUnit(" images", 1)
            .showSpeed(new DecimalFormat("#,##0"))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  @Override
  public void batchDone(int epoch, int images, double loss) {
    bar.setExtraMessage(String.format(" epoch %d/%d, loss %.6f", epoch, epochs, loss));
    bar.stepBy(images);
  }

  @Override
  public void epochDone(int epoch, double loss) {}

  @Override
  public void close() {
    bar.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.autoencoder;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.data.LabelledImages;
import dev.lanewise.examples.data.Mnist;
import dev.lanewise.examples.data.MnistOption;
import dev.lanewise.examples.naive.NaiveComparison;
import dev.lanewise.examples.report.PictureGrid;
import dev.lanewise.examples.training.TrainingOptions;
import dev.lanewise.examples.training.TrainingSession;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains the autoencoder and shows what it has learnt. */
@Command(
    name = "autoencoder",
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Trains a 3x3 convolution from 1 to 10 channels and a 3x3 transposed convolution back to give back MNIST digits"
            + " (mean squared error, Adam), then tests it, times it against nested loops and draws what it makes of some digits.")
public final class AutoencoderCommand implements Callable<Integer> {
  private static final int PICTURES_PER_DIGIT = 3;
  private static final int PAIRS_PER_ROW = 5;
  private static final int SCALE = 3;

  @Mixin private MnistOption data;
  @Mixin private final TrainingOptions options = new TrainingOptions(2, 8, 0.001);

  /** For the command line, which sets the options. */
  public AutoencoderCommand() {}

  @Override
  public Integer call() throws IOException {
    options.require();
    Mnist mnist = data.readAtLeast(Autoencoder.KERNEL, "the kernel");
    SplitMix64 random = new SplitMix64(options.seed());
    Batches train = new Batches(mnist.train(), options.batchSize());
    Autoencoder autoencoder =
        new Autoencoder(train, new Batches(mnist.test(), options.batchSize()), random);
    TrainingSession session =
        new TrainingSession(
            "autoencoder", options, autoencoder, step -> options.learningRate(), random);

    System.out.printf(
        "%,d digits to train on, %,d to test with; %s%n",
        mnist.train().count(), mnist.test().count(), options.describe());
    if (!session.train()) {
      return TrainingSession.INTERRUPTED;
    }
    System.out.println(session.summary());
    compareWithNaiveLoops(session, autoencoder, train);
    Path digits = session.file(".png");
    drawDigits(autoencoder, mnist.test(), digits);
    session.finish("mean squared error", digits);
    return 0;
  }

  private static void compareWithNaiveLoops(
      TrainingSession session, Autoencoder autoencoder, Batches batches) {
    Tensor images = batches.load(0);
    NaiveComparison comparison =
        NaiveComparison.measure(
            images, autoencoder.encoder().weight().value(), autoencoder.decoder().weight().value());
    System.out.printf(
        "convolutions of a training step on %d digits: nested loops %.2f ms, Lanewise %.3f ms, %.1f times as fast%n"
            + "  (medians on one thread; results differ by at most %.1e of the largest value)%n",
        images.size(0),
        comparison.naiveSeconds() * 1e3,
        comparison.lanewiseSeconds() * 1e3,
        comparison.speedup(),
        comparison.largestDifference());
    session.note("timesAsFastAsNestedLoops", comparison.speedup());
  }

  /** The first test images of each digit beside what the network makes of them. */
  private static void drawDigits(Autoencoder autoencoder, LabelledImages test, Path file)
      throws IOException {
    PictureGrid grid =
        new PictureGrid(
            new PictureGrid.Layout(
                10 * PICTURES_PER_DIGIT, PAIRS_PER_ROW, 2, 1, test.height(), test.width(), SCALE));
    Tensor image = Tensor.zeros(1, 1, test.height(), test.width());
    int[] drawn = new int[10];
    for (int i = 0; i < test.count(); i++) {
      int digit = test.label(i);
      if (drawn[digit] < PICTURES_PER_DIGIT) {
        test.copyPixels(i, image.data(), 0);
        float[] reconstruction = autoencoder.reconstruct(image).data();
        grid.draw(drawn[digit]++ * 10 + digit, image.data(), reconstruction);
      }
    }
    grid.write(file);
    System.out.println(file + ": test digits, each beside its reconstruction");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.data.LabelledImages;
import dev.lanewise.examples.data.Mnist;
import dev.lanewise.examples.naive.NaiveComparison;
import dev.lanewise.examples.report.OutputFile;
import dev.lanewise.examples.report.PictureGrid;
import dev.lanewise.examples.report.TrainingProgress;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains the autoencoder and shows what it has learnt. */
@Command(
    name = "autoencoder",
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Trains a 3x3 convolution from 1 to 10 channels and a 3x3 transposed convolution back to give back MNIST digits"
            + " (mean squared error, Adam), then tests it, times it against nested loops and draws what it makes of some digits.")
final class AutoencoderCommand implements Callable<Integer> {
  private static final int PICTURES_PER_DIGIT = 3;
  private static final int PAIRS_PER_ROW = 5;

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "directory with the four IDX files of MNIST, as they are or with .gz; without it 7,500 training and 2,500 test digits"
              + " that the program carries with it")
  private Path data;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "2",
      description = "passes over the training digits")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "8",
      description = "digits for each step of Adam")
  private int batchSize;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      defaultValue = "0.001",
      description = "learning rate of Adam")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "of the first weights and the order of the digits; the same seed gives the same result")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "directory for autoencoder.png, made if missing")
  private Path out;

  @Override
  public Integer call() throws IOException {
    requireOptions();
    Mnist mnist = data == null ? Mnist.embedded() : Mnist.in(data);
    requireLargeEnough(mnist.train());
    Batches train = new Batches(mnist.train(), batchSize);
    Batches test = new Batches(mnist.test(), batchSize);
    RandomGenerator random = new SplitMix64(seed);
    Autoencoder autoencoder = new Autoencoder(learningRate, random);

    System.out.printf(
        "%,d digits to train on, %,d to test with; epochs %d, batch size %d, learning rate %s, seed %d%n",
        mnist.train().count(), mnist.test().count(), epochs, batchSize, learningRate, seed);
    long start = System.nanoTime();
    try (TrainingProgress progress = TrainingProgress.start(epochs, mnist.train().count())) {
      for (int epoch = 1; epoch <= epochs; epoch++) {
        autoencoder.trainEpoch(epoch, train, random, progress);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "test loss %.8f after %.2f s of training (%,.0f images/s)%n",
        autoencoder.loss(test), seconds, (double) epochs * mnist.train().count() / seconds);

    compareWithNaiveLoops(autoencoder, train);
    drawDigits(autoencoder, mnist.test());
    return 0;
  }

  private void requireOptions() throws IOException {
    require(epochs >= 1, "--epochs", epochs, "must be at least 1");
    require(batchSize >= 1, "--batch-size", batchSize, "must be at least 1");
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "--lr",
        learningRate,
        "must be positive");
    OutputFile.requireWritable(out);
  }

  private void requireLargeEnough(LabelledImages images) throws IOException {
    if (Math.min(images.height(), images.width()) < Autoencoder.KERNEL) {
      throw new IOException(
          "%s: images of %d x %d are smaller than the kernel, %4$d x %4$d"
              .formatted(data, images.height(), images.width(), Autoencoder.KERNEL));
    }
  }

  private void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '%s': %s %s".formatted(option, value, rule));
    }
  }

  private static void compareWithNaiveLoops(Autoencoder autoencoder, Batches batches) {
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
  }

  /** The first test images of each digit beside what the network makes of them. */
  private void drawDigits(Autoencoder autoencoder, LabelledImages test) throws IOException {
    PictureGrid grid =
        new PictureGrid(10 * PICTURES_PER_DIGIT, PAIRS_PER_ROW, test.height(), test.width());
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
    Path file = out.resolve("autoencoder.png");
    grid.write(file);
    System.out.println(file + ": test digits, each beside its reconstruction");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.classifier;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.data.LabelledImages;
import dev.lanewise.examples.data.Mnist;
import dev.lanewise.examples.data.MnistOption;
import dev.lanewise.examples.report.PictureGrid;
import dev.lanewise.examples.training.TrainingOptions;
import dev.lanewise.examples.training.TrainingSession;
import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains the classifier and shows which digits it takes for others. */
@Command(
    name = "classifier",
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Trains two 5x5 convolutions with max-pooling, and two linear layers with dropout, to read MNIST digits (negative"
            + " log-likelihood, Adam, the learning rate rising through the first tenth of the steps, then falling to 0 along a cosine),"
            + " then tests it and draws the digits that it takes for others.")
public final class ClassifierCommand implements Callable<Integer> {
  private static final int COLUMNS_OF_MISTAKES = 10;
  private static final int SCALE = 2;

  /** The learning rate rises for so small a part of the steps: one epoch of ten. */
  private static final int WARM_UP_SHARE = 10;

  /** A test holds no gradients, so its batches may be larger. */
  private static final int TEST_BATCH = 100;

  @Mixin private MnistOption data;
  @Mixin private final TrainingOptions options = new TrainingOptions(10, 16, 0.002);

  /** For the command line, which sets the options. */
  public ClassifierCommand() {}

  @Override
  public Integer call() throws IOException {
    options.require();
    Mnist mnist = data.readOf(Classifier.SIDE);
    SplitMix64 random = new SplitMix64(options.seed());
    Batches train = new Batches(mnist.train(), options.batchSize());
    Classifier classifier = new Classifier(train, new Batches(mnist.test(), TEST_BATCH), random);
    long steps = (long) options.epochs() * classifier.batches();
    long warmUp = steps / WARM_UP_SHARE;
    Schedule schedule =
        Schedule.cosine(options.learningRate(), 0, steps - warmUp).afterWarmUp(warmUp);
    TrainingSession session =
        new TrainingSession("classifier", options, classifier, schedule, random);

    System.out.printf(
        "%,d digits to train on, %,d to test with; %s%n",
        mnist.train().count(), mnist.test().count(), options.describe());
    if (!session.train()) {
      return TrainingSession.INTERRUPTED;
    }
    System.out.println(session.summary());
    compareWithNaiveLoops(session, mnist.train().count());
    Path mistakes = session.file(".png");
    drawMistakes(classifier, mnist.test(), mistakes);
    session.finish("negative log-likelihood", mistakes);
    return 0;
  }

  private void compareWithNaiveLoops(TrainingSession session, int pictures) {
    double hours =
        Classifier.naiveConvolutions().secondsPerPicture() * options.epochs() * pictures / 3600;
    System.out.printf(
        "the convolutions of these %d epochs alone would take nested loops %.2f hours on one thread%n",
        options.epochs(), hours);
    session.note("hoursOfConvolutionsInNestedLoops", hours);
  }

  /**
   * For each digit, a row of the first test pictures of it that the network takes for another; the
   * rest of the row is empty.
   */
  private static void drawMistakes(Classifier classifier, LabelledImages test, Path file)
      throws IOException {
    PictureGrid grid =
        new PictureGrid(
            new PictureGrid.Layout(
                Classifier.DIGITS * COLUMNS_OF_MISTAKES,
                COLUMNS_OF_MISTAKES,
                1,
                1,
                test.height(),
                test.width(),
                SCALE));
    Tensor image = Tensor.zeros(1, 1, test.height(), test.width());
    int[] drawn = new int[Classifier.DIGITS];
    for (int i = 0; i < test.count(); i++) {
      int digit = test.label(i);
      test.copyPixels(i, image.data(), 0);
      if (drawn[digit] < COLUMNS_OF_MISTAKES && classifier.read(image) != digit) {
        grid.draw(digit * COLUMNS_OF_MISTAKES + drawn[digit]++, image.data());
      }
    }
    grid.write(file);
    System.out.println(file + ": test digits taken for others, 0 in the first row, 9 in the last");
  }
}

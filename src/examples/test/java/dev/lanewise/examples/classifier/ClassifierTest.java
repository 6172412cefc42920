// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.data.Batches;
import dev.lanewise.examples.data.Mnist;
import dev.lanewise.examples.training.Allocation;
import dev.lanewise.examples.training.SilentProgress;
import dev.lanewise.examples.training.TrainingRun;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.SplitMix64;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  @TempDir Path directory;

  @Test
  void hasTheSeedsParameters() throws IOException {
    Mnist mnist = Mnist.embedded();
    List<String> parameters =
        classifier(mnist, new SplitMix64(0)).network().parameters().stream()
            .map(Parameter::toString)
            .toList();
    assertEquals(
        List.of(
            "0.weight[10, 1, 5, 5]",
            "0.bias[10]",
            "3.weight[20, 10, 5, 5]",
            "3.bias[20]",
            "8.weight[50, 320]",
            "8.bias[50]",
            "11.weight[10, 50]",
            "11.bias[10]"),
        parameters);
  }

  /** An eighth of the digits, once: far from what it can do, and far from a guess. */
  @Test
  void learnsToReadMostDigitsInOneEpoch() throws IOException {
    Mnist mnist = Mnist.embedded();
    SplitMix64 random = new SplitMix64(0);
    Classifier classifier = classifier(mnist, random);
    TrainingRun run = run(classifier, 1, random);
    assertTrue(run.run(new SilentProgress(), () -> false));
    assertTrue(run.test(0)[1] > 80, run.describe(run.test(0)));
  }

  @Test
  void testsWithoutDropoutAndChangesNothing() throws IOException {
    Mnist mnist = Mnist.embedded();
    Classifier classifier = classifier(mnist, new SplitMix64(0));
    double[] measured = classifier.test();
    assertArrayEquals(measured, classifier.test());
    Batches batches = new Batches(mnist.test(), 1);
    int read = classifier.read(batches.load(0));
    assertTrue(read >= 0 && read < Classifier.DIGITS);
  }

  /** Dropout draws new numbers for every batch; a checkpoint has to keep where it was. */
  @Test
  void goesOnWithTheSameBitsWhereverItStopped() throws IOException {
    Mnist mnist = Mnist.embedded();
    SplitMix64 random = new SplitMix64(3);
    Classifier whole = classifier(mnist, random);
    TrainingRun uninterrupted = run(whole, 1, random);
    int[] budget = {30};
    assertFalse(uninterrupted.run(new SilentProgress(), () -> budget[0]-- == 0));
    Path checkpoint = directory.resolve("checkpoint");
    uninterrupted.state().save(checkpoint);
    int[] more = {30};
    assertFalse(uninterrupted.run(new SilentProgress(), () -> more[0]-- == 0));

    SplitMix64 otherRandom = new SplitMix64(4);
    Classifier resumed = classifier(mnist, otherRandom);
    TrainingRun second = run(resumed, 1, otherRandom);
    second.state().load(checkpoint);
    assertEquals(30, second.step());
    int[] rest = {30};
    assertFalse(second.run(new SilentProgress(), () -> rest[0]-- == 0));
    assertArrayEquals(uninterrupted.losses(), second.losses());
    for (int p = 0; p < whole.network().parameters().size(); p++) {
      assertArrayEquals(
          whole.network().parameters().get(p).value().data(),
          resumed.network().parameters().get(p).value().data());
    }
  }

  @Test
  void aBatchChangesEveryParameter() throws IOException {
    Mnist mnist = Mnist.embedded();
    Classifier classifier = classifier(mnist, new SplitMix64(0));
    List<float[]> before =
        classifier.network().parameters().stream().map(p -> p.value().data().clone()).toList();
    classifier.optimizer().learningRate(0.05);
    classifier.learn(0);
    for (int p = 0; p < before.size(); p++) {
      Parameter parameter = classifier.network().parameters().get(p);
      assertFalse(Arrays.equals(before.get(p), parameter.value().data()), parameter.toString());
    }
  }

  /** Nightly: it waits until C2 has compiled every kernel that training meets. */
  @Test
  @Tag("nightly")
  void anEpochAllocatesNothing() throws IOException {
    Classifier classifier = classifier(Mnist.embedded(), new SplitMix64(0));
    assertEquals(0, Allocation.leastOfAnEpoch(classifier), "bytes");
  }

  private static TrainingRun run(Classifier classifier, int epochs, SplitMix64 random) {
    return new TrainingRun(
        classifier,
        epochs,
        Schedule.cosine(0.001, 0, (long) epochs * classifier.batches()),
        random);
  }

  private static Classifier classifier(Mnist mnist, SplitMix64 random) {
    return new Classifier(new Batches(mnist.train(), 32), new Batches(mnist.test(), 100), random);
  }
}

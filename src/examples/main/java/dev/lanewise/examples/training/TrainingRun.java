// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import dev.lanewise.examples.report.TrainingProgress;
import dev.lanewise.nn.DoubleTensor;
import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.StateDict;
import dev.lanewise.nn.Tensor;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;

/**
 * A learner's way through its epochs. It can stop between any two batches, be saved, and go on with
 * the same bits as if it had never stopped: {@link #state} has all that decides what comes.
 */
public final class TrainingRun {
  private final Learner learner;
  private final Schedule schedule;
  private final int epochs;
  private final SplitMix64 random;

  /** The batches' losses in the order of learning, as far as the run has come. */
  private final Tensor losses;

  /** What was measured after each epoch, epochs×measures. */
  private final DoubleTensor tests;

  /** The generator before it dealt out the epoch under way. */
  private long shuffleState;

  private int epoch;
  private int batch;

  /**
   * A run that has not begun.
   *
   * @param learner what learns
   * @param epochs how often it sees every picture
   * @param schedule the learning rate of each batch, counted from 0 through all epochs
   * @param random deals out the epochs
   */
  public TrainingRun(Learner learner, int epochs, Schedule schedule, SplitMix64 random) {
    this.learner = learner;
    this.schedule = schedule;
    this.epochs = epochs;
    this.random = random;
    this.losses = Tensor.zeros(Math.multiplyExact(epochs, learner.batches()));
    this.tests = DoubleTensor.zeros(epochs, learner.measures().size());
    this.shuffleState = random.state();
  }

  /** All that decides what comes, to be saved or to be loaded. */
  public StateDict state() {
    return new StateDict()
        .wholeNumber("epoch", () -> epoch, saved -> epoch = Math.toIntExact(saved))
        .wholeNumber("batch", () -> batch, saved -> batch = Math.toIntExact(saved))
        .wholeNumber("shuffle", () -> shuffleState, saved -> shuffleState = saved)
        .tensor("losses", losses)
        .tensor("tests", tests)
        .include("network", learner.network().stateDict())
        .include("dropout", learner.network().generatorState())
        .include("optimizer", learner.optimizer().stateDict());
  }

  /**
   * Learns from where the run is to the end of the last epoch, or until it shall stop.
   *
   * @param progress shows how far it has come
   * @param stop asked before every batch
   * @return whether it has come to the end
   */
  public boolean run(TrainingProgress progress, BooleanSupplier stop) {
    return run(progress, stop, () -> {});
  }

  /**
   * As {@link #run(TrainingProgress, BooleanSupplier)}, with something to do after each epoch but
   * the last.
   *
   * @param <E> what that may throw
   */
  public <E extends Exception> boolean run(
      TrainingProgress progress, BooleanSupplier stop, AfterEpoch<E> afterEpoch) throws E {
    while (epoch < epochs) {
      random.state(shuffleState);
      learner.shuffle(random);
      MeanLoss mean = new MeanLoss(learner);
      for (int b = 0; b < batch; b++) {
        mean.add(b, losses.data()[firstStep(epoch) + b]);
      }
      for (; batch < learner.batches(); batch++) {
        if (stop.getAsBoolean()) {
          return false;
        }
        learn(mean, progress);
      }
      double[] measured = learner.test();
      System.arraycopy(measured, 0, tests.data(), epoch * measured.length, measured.length);
      progress.epochDone(epoch + 1, mean.value(), describe(measured));
      shuffleState = random.state();
      batch = 0;
      epoch++;
      if (epoch < epochs) {
        afterEpoch.run();
      }
    }
    return true;
  }

  /**
   * What is done after an epoch.
   *
   * @param <E> what it may throw
   */
  @FunctionalInterface
  public interface AfterEpoch<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  private void learn(MeanLoss mean, TrainingProgress progress) {
    int step = step();
    learner.optimizer().learningRate(schedule.at(step));
    // The rounded loss counts, which is the one that a checkpoint keeps.
    losses.data()[step] = (float) learner.learn(batch);
    mean.add(batch, losses.data()[step]);
    progress.batchDone(epoch + 1, learner.pictures(batch), mean.value());
  }

  /** Batches learnt so far. */
  public int step() {
    return firstStep(epoch) + batch;
  }

  /** Pictures learnt so far, each as often as it was learnt. */
  public long pictures() {
    long pictures = 0;
    for (int step = 0; step < step(); step++) {
      pictures += learner.pictures(step % learner.batches());
    }
    return pictures;
  }

  /** Epochs that are over. */
  public int epochsDone() {
    return epoch;
  }

  /** The losses of all batches so far. */
  public float[] losses() {
    return Arrays.copyOf(losses.data(), step());
  }

  /** The mean loss over the pictures of an epoch, counted from 0, that is over. */
  public double trainingLoss(int ofEpoch) {
    MeanLoss mean = new MeanLoss(learner);
    for (int b = 0; b < learner.batches(); b++) {
      mean.add(b, losses.data()[firstStep(ofEpoch) + b]);
    }
    return mean.value();
  }

  /** What was measured after an epoch, counted from 0, that is over. */
  public double[] test(int ofEpoch) {
    int measures = learner.measures().size();
    return Arrays.copyOfRange(tests.data(), ofEpoch * measures, (ofEpoch + 1) * measures);
  }

  /** Some measured values as a person reads them. */
  public String describe(double[] measured) {
    StringJoiner text = new StringJoiner(", ");
    for (int m = 0; m < measured.length; m++) {
      text.add(learner.measures().get(m).format().formatted(measured[m]));
    }
    return text.toString();
  }

  private int firstStep(int ofEpoch) {
    return ofEpoch * learner.batches();
  }

  /** The mean over pictures of losses that are means over batches. */
  private static final class MeanLoss {
    private final Learner learner;
    private double sum;
    private long pictures;

    MeanLoss(Learner learner) {
      this.learner = learner;
    }

    void add(int batch, float loss) {
      sum += (double) loss * learner.pictures(batch);
      pictures += learner.pictures(batch);
    }

    double value() {
      return sum / pictures;
    }
  }
}

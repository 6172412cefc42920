// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.seeds.LanewiseTraining;
import dev.lanewise.jmh.seeds.SeedNetwork;
import dev.lanewise.jmh.seeds.StepData;
import dev.lanewise.jmh.seeds.Training;
import dev.lanewise.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A training step of each of the seeds' networks, forward, backward and update, by Lanewise and by
 * PyTorch. First both train side by side from the same parameters and pictures and must stay
 * together; then they take turns, so that whatever slows the machine for a moment slows both, and
 * the median of the ratios of neighbouring turns counts.
 */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Times a training step of the seeds' networks by Lanewise and by PyTorch.")
public final class TrainingMatch implements Runnable {
  private static final long SEED = 20261124;
  private static final int STEPS_TOGETHER = 100;

  /** Before anything is a rounding away from another choice. */
  private static final int FIRST_STEPS = 3;

  /**
   * How far each parameter may be apart after the first {@value #FIRST_STEPS} steps, in the
   * Euclidean norm, as a share of its own norm: Adam makes a step of every gradient, even of one
   * that is rounding only, so that single elements say little. Later, where two candidates of a
   * maximum or a sum before a ReLU are a rounding apart, the two sides choose differently, the
   * gradient jumps, and what was small grows: how far they are then is reported, not judged.
   */
  private static final double APART = 1e-5;

  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final long TURN_NANOS = 100_000_000;

  /** OpenMP's threads spin for a while after their work. */
  private static final long PAUSE_MILLIS = 30;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "of each of the two")
  private int threads;

  @Option(names = "--rounds", paramLabel = "N", defaultValue = "21", description = "turns of each")
  private int rounds;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "pictures in a step; without it each network's own")
  private Integer batch;

  /** Whoever works beside the main thread. */
  private final ExecutorService helpers =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

  private TrainingMatch() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TrainingMatch()).execute(arguments));
  }

  @Override
  public void run() {
    torch.set_num_threads(threads);
    System.out.printf(
        "%d thread%s each; times of a step in microseconds%n%n", threads, threads == 1 ? "" : "s");
    String format = "%-12s %6s %10s %10s %8s %22s%n";
    System.out.printf(format, "", "batch", "Lanewise", "PyTorch", "ratio", "apart after 100 steps");
    double product = 1;
    for (SeedNetwork kind : SeedNetwork.values()) {
      StepData data = StepData.waves(kind, batch == null ? kind.batch() : batch, SEED);
      double apart = trainTogether(kind, data);
      Result result = measure(kind, data);
      product *= result.ratio();
      System.out.printf(
          format,
          kind.name().toLowerCase(Locale.ROOT),
          data.batch(),
          "%.1f".formatted(result.lanewise() / 1e3),
          "%.1f".formatted(result.pytorch() / 1e3),
          "%.2f".formatted(result.ratio()),
          "%.1e".formatted(apart));
    }
    System.out.printf(
        "%ngeometric mean of the ratios %.2f%n",
        Math.pow(product, 1.0 / SeedNetwork.values().length));
  }

  /**
   * Trains both without dropout, which is random.
   *
   * @return how far apart the parameters are in the end
   * @throws IllegalStateException if they are too far apart after the first steps
   */
  private double trainTogether(SeedNetwork kind, StepData data) {
    LanewiseTraining lanewise = lanewise(kind, 0);
    TorchTraining pytorch = new TorchTraining(kind, 0, lanewise.parameters());
    train(lanewise, pytorch, data, FIRST_STEPS);
    double apart = difference(lanewise, pytorch);
    if (!(apart <= APART)) {
      throw new IllegalStateException(
          "%s: %.1e apart after %d steps".formatted(kind, apart, FIRST_STEPS));
    }
    train(lanewise, pytorch, data, STEPS_TOGETHER - FIRST_STEPS);
    return difference(lanewise, pytorch);
  }

  private LanewiseTraining lanewise(SeedNetwork kind, double dropout) {
    LanewiseTraining training = new LanewiseTraining(kind, dropout, SEED);
    training.threads(helpers, threads);
    return training;
  }

  private static void train(Training ours, Training theirs, StepData data, int steps) {
    for (int step = 0; step < steps; step++) {
      ours.step(data);
      theirs.step(data);
    }
  }

  private static double difference(LanewiseTraining lanewise, TorchTraining pytorch) {
    double apart = 0;
    List<Parameter> parameters = lanewise.parameters();
    for (int p = 0; p < parameters.size(); p++) {
      float[] ours = parameters.get(p).value().data();
      apart = Math.max(apart, difference(ours, pytorch.values(p)));
    }
    return apart;
  }

  private static double difference(float[] ours, float[] theirs) {
    double differences = 0;
    double squares = Float.MIN_NORMAL;
    for (int i = 0; i < ours.length; i++) {
      double difference = (double) ours[i] - theirs[i];
      differences += difference * difference;
      squares += (double) theirs[i] * theirs[i];
    }
    return Math.sqrt(differences / squares);
  }

  /**
   * Medians.
   *
   * @param lanewise nanoseconds of a step
   * @param pytorch nanoseconds of a step
   * @param ratio how many times as long PyTorch takes, turn by turn
   */
  private record Result(double lanewise, double pytorch, double ratio) {}

  private Result measure(SeedNetwork kind, StepData data) {
    LanewiseTraining lanewise = lanewise(kind, SeedNetwork.DROPOUT);
    TorchTraining pytorch = new TorchTraining(kind, SeedNetwork.DROPOUT, lanewise.parameters());
    turn(lanewise, data, WARM_UP_NANOS);
    turn(pytorch, data, WARM_UP_NANOS / 3);
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      ours[round] = turn(lanewise, data, TURN_NANOS);
      theirs[round] = turn(pytorch, data, TURN_NANOS);
      ratios[round] = theirs[round] / ours[round];
    }
    return new Result(median(ours), median(theirs), median(ratios));
  }

  /** Nanoseconds of a step. */
  private double turn(Training training, StepData data, long nanos) {
    if (threads > 1) {
      pause();
    }
    long start = System.nanoTime();
    long steps = 0;
    long passed;
    do {
      training.step(data);
      steps++;
      passed = System.nanoTime() - start;
    } while (passed < nanos);
    return (double) passed / steps;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

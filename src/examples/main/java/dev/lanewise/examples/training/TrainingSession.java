// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import dev.lanewise.examples.report.Json;
import dev.lanewise.examples.report.LossCurve;
import dev.lanewise.examples.report.OutputFile;
import dev.lanewise.examples.report.TrainingProgress;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.StateDict;
import dev.lanewise.nn.StateFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of a command: trains with progress to see, leaves a checkpoint after every epoch and when
 * it is interrupted, and at the end the weights, the loss curve and a record of the run.
 */
public final class TrainingSession {
  /** What a shell reports of a program that Ctrl-C ended. */
  public static final int INTERRUPTED = 130;

  private final String name;
  private final TrainingOptions options;
  private final Learner learner;
  private final TrainingRun run;
  private final Path checkpoint;

  /** What a run that goes on must have in common with the one before; checked first. */
  private final StateDict deciding = new StateDict();

  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final Map<String, Object> record = new LinkedHashMap<>();
  private double seconds;
  private long picturesLearnt;

  /**
   * A session that has not begun.
   *
   * @param name of the network, with which the names of all files start
   * @param options what the command line says
   * @param learner what learns
   * @param schedule the learning rate of each batch, counted from 0 through all epochs
   * @param random deals out the epochs
   */
  public TrainingSession(
      String name, TrainingOptions options, Learner learner, Schedule schedule, SplitMix64 random) {
    this.name = name;
    this.options = options;
    this.learner = learner;
    this.run = new TrainingRun(learner, options.epochs(), schedule, random);
    this.checkpoint = file(".checkpoint.safetensors");
    record.put("network", name);
    unchangeable(deciding, "--epochs", options.epochs());
    unchangeable(deciding, "--batch-size", options.batchSize());
    unchangeable(deciding, "--lr", options.learningRate());
    unchangeable(deciding, "--seed", options.seed());
    settings.put("epochs", options.epochs());
    settings.put("batchSize", options.batchSize());
    settings.put("learningRate", options.learningRate());
    settings.put("seed", options.seed());
    settings.put("threads", options.threads());
    record.put("options", settings);
    record.put("parameters", parameters());
  }

  /** One of the files of this run: the name of the network and an ending. */
  public Path file(String ending) {
    return options.out().resolve(name + ending);
  }

  /** Says what else decides the run: a checkpoint of one with another value is refused. */
  public void decidedBy(String option, double value) {
    unchangeable(deciding, option, value);
    settings.put(option.substring(2), value);
  }

  /** Adds something to the record. */
  public void note(String key, Object value) {
    record.put(key, value);
  }

  /**
   * Trains to the end of the last epoch.
   *
   * @return false if the run was interrupted, and its checkpoint written
   * @throws StateFileException if the run is to go on from a file that is no checkpoint of it
   * @throws IOException if a file cannot be read or written
   */
  public boolean train() throws IOException {
    StateDict state = deciding.include("run", run.state());
    if (options.resume()) {
      load(state);
      System.out.printf(
          "goes on in epoch %d, after %,d of all %,d batches%n",
          run.epochsDone() + 1, run.step(), options.epochs() * learner.batches());
    }
    Files.createDirectories(options.out());
    long before = run.pictures();
    long start = System.nanoTime();
    boolean finished;
    Helpers helpers = Helpers.of(learner.network(), options.threads());
    try (Interruption interruption = Interruption.awaited()) {
      try (TrainingProgress progress =
          TrainingProgress.start(options.epochs(), picturesPerEpoch(), before)) {
        finished = run.run(progress, interruption::requested, () -> state.save(checkpoint));
      }
      if (!finished) {
        state.save(checkpoint);
        System.out.printf(
            "interrupted in epoch %d after batch %,d; %s has it all: --resume goes on%n",
            run.epochsDone() + 1, run.step() % learner.batches(), checkpoint);
      }
    } finally {
      helpers.release();
    }
    seconds = (System.nanoTime() - start) / 1e9;
    picturesLearnt = run.pictures() - before;
    return finished;
  }

  /** One line: what the test says after the last epoch, and how long it all took. */
  public String summary() {
    return "%s after %.2f s of training and testing (%,.0f pictures/s)"
        .formatted(run.describe(run.test(options.epochs() - 1)), seconds, picturesLearnt / seconds);
  }

  /**
   * Leaves the weights, the loss curve and the record, and removes the checkpoint.
   *
   * @param loss what the loss is called
   * @param files what else the command has left
   */
  public void finish(String loss, Path... files) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      names.add(file.getFileName().toString());
    }
    Path weights = file(".safetensors");
    learner.network().stateDict().save(weights);
    names.add(weights.getFileName().toString());
    Path curve = file("-loss.png");
    drawLosses(loss).write(curve);
    names.add(curve.getFileName().toString());
    complete(names);
    Path json = file(".json");
    byte[] bytes = Json.of(record).getBytes(StandardCharsets.UTF_8);
    OutputFile.write(json, out -> out.write(bytes));
    Files.deleteIfExists(checkpoint);
    System.out.printf("%s: the record of the run, beside %s%n", json, String.join(", ", names));
  }

  private void complete(List<String> names) {
    List<Map<String, Object>> epochs = new ArrayList<>();
    for (int e = 0; e < options.epochs(); e++) {
      Map<String, Object> epoch = new LinkedHashMap<>();
      epoch.put("epoch", e + 1);
      epoch.put("trainingLoss", run.trainingLoss(e));
      double[] measured = run.test(e);
      for (int m = 0; m < measured.length; m++) {
        epoch.put(learner.measures().get(m).key(), measured[m]);
      }
      epochs.add(epoch);
    }
    record.put("epochs", epochs);
    Map<String, Object> speed = new LinkedHashMap<>();
    speed.put("pictures", picturesLearnt);
    speed.put("seconds", seconds);
    speed.put("resumed", options.resume());
    record.put("training", speed);
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    record.put("machine", machine);
    record.put("files", names);
  }

  private LossCurve drawLosses(String loss) {
    LossCurve curve = new LossCurve(name, loss);
    curve.addTraining(run.losses(), learner.batches());
    double[] tests = new double[options.epochs()];
    for (int e = 0; e < tests.length; e++) {
      tests[e] = run.test(e)[0];
    }
    curve.addTest(tests);
    return curve;
  }

  private static void unchangeable(StateDict state, String option, long value) {
    state.wholeNumber(
        option.substring(2), () -> value, saved -> requireSame(saved == value, saved, value));
  }

  private static void unchangeable(StateDict state, String option, double value) {
    state.realNumber(
        option.substring(2), () -> value, saved -> requireSame(saved == value, saved, value));
  }

  private static void requireSame(boolean same, Object saved, Object now) {
    if (!same) {
      throw new IllegalArgumentException(
          "the run that left it had %s, not %s".formatted(saved, now));
    }
  }

  private void load(StateDict state) throws IOException {
    try {
      state.load(checkpoint);
    } catch (StateFileException e) {
      throw new IOException(
          e.getMessage() + " (--resume needs the checkpoint of a run with the same options)", e);
    }
  }

  private int picturesPerEpoch() {
    int pictures = 0;
    for (int b = 0; b < learner.batches(); b++) {
      pictures += learner.pictures(b);
    }
    return pictures;
  }

  private int parameters() {
    int elements = 0;
    for (Parameter parameter : learner.network().parameters()) {
      elements += parameter.value().data().length;
    }
    return elements;
  }
}

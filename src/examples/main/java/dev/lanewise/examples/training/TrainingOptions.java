// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import dev.lanewise.examples.report.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every network has, with defaults of its own. */
public final class TrainingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the training pictures")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "pictures for each step of the optimizer")
  private int batchSize;

  @Option(names = "--lr", paramLabel = "RATE", description = "the highest learning rate of the run")
  private double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "decides everything that is random; the same seed gives the same bits")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "share large convolutions between so many threads; changes no bit")
  private int threads = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "directory for the pictures, the record and the weights, made if missing")
  private Path out = Path.of("out");

  @Option(
      names = "--resume",
      description =
          "go on from the checkpoint that an interrupted run with the same options left in --out")
  private boolean resume;

  /** Options with these values where the command line says nothing. */
  public TrainingOptions(int epochs, int batchSize, double learningRate) {
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
  }

  /**
   * Refuses what no run can have.
   *
   * @throws ParameterException if an option's value is out of range
   * @throws IOException if no file can be written to the directory for them
   */
  public void require() throws IOException {
    require(epochs >= 1, "--epochs", epochs, "must be at least 1");
    require(batchSize >= 1, "--batch-size", batchSize, "must be at least 1");
    require(
        learningRate > 0 && Double.isFinite(learningRate),
        "--lr",
        learningRate,
        "must be positive");
    require(threads >= 1, "--threads", threads, "must be at least 1");
    OutputFile.requireWritable(out);
  }

  /**
   * Refuses a value of an option unless it keeps a rule.
   *
   * @throws ParameterException if it does not
   */
  public void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '%s': %s %s".formatted(option, value, rule));
    }
  }

  /** What decides the run, for a person to read. */
  public String describe() {
    return "epochs %d, batch size %d, learning rate %s, seed %d"
        .formatted(epochs, batchSize, learningRate, seed);
  }

  /** Passes over the training pictures. */
  public int epochs() {
    return epochs;
  }

  /** Pictures for each step. */
  public int batchSize() {
    return batchSize;
  }

  /** The highest learning rate of the run. */
  public double learningRate() {
    return learningRate;
  }

  /** Of everything that is random. */
  public long seed() {
    return seed;
  }

  /** How many threads share the work. */
  public int threads() {
    return threads;
  }

  /** Where files go. */
  public Path out() {
    return out;
  }

  /** Whether to go on from a checkpoint. */
  public boolean resume() {
    return resume;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

import dev.lanewise.nn.Tensor;
import java.util.Arrays;

/**
 * How long the convolutions of one training step of the autoencoder take in nested loops and by
 * Lanewise, on the same images and weights, on one thread.
 *
 * <p>Each side runs the five passes until {@value #WARM_UP_SECONDS} s are over and its code is
 * compiled, and then again for {@value #MEASURED_SECONDS} s, but at least {@value #LEAST_RUNS}
 * times; the median of the latter runs counts.
 *
 * @param naiveSeconds the median in nested loops
 * @param lanewiseSeconds the median by Lanewise
 * @param largestDifference between the results of the two, as a fraction of the largest value of
 *     the result that has it
 */
public record NaiveComparison(
    double naiveSeconds, double lanewiseSeconds, double largestDifference) {
  private static final double WARM_UP_SECONDS = 0.5;
  private static final double MEASURED_SECONDS = 0.5;
  private static final int LEAST_RUNS = 5;

  /** How many times as long the nested loops take. */
  public double speedup() {
    return naiveSeconds / lanewiseSeconds;
  }

  /**
   * Measures both.
   *
   * @param images a batch N×1×H×W
   * @param encoderWeight OC×1×K×K
   * @param decoderWeight OC×1×K×K
   */
  public static NaiveComparison measure(Tensor images, Tensor encoderWeight, Tensor decoderWeight) {
    int n = images.size(0);
    int height = images.size(2);
    int width = images.size(3);
    int channels = encoderWeight.size(0);
    int kernel = encoderWeight.size(2);
    TrainingStep naive = new TrainingStep(images, encoderWeight, decoderWeight);
    TrainingStep lanewise = new TrainingStep(images, encoderWeight, decoderWeight);
    AutoencoderPasses loops =
        new NaivePasses(new NaiveConv2d(n, 1, height, width, channels, kernel, kernel));
    AutoencoderPasses operators = new LanewisePasses(n, height, width, channels, kernel);
    return new NaiveComparison(
        medianSeconds(() -> naive.run(loops)),
        medianSeconds(() -> lanewise.run(operators)),
        naive.largestDifference(lanewise));
  }

  static double medianSeconds(Runnable step) {
    run(step, WARM_UP_SECONDS);
    double[] seconds = run(step, MEASURED_SECONDS);
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }

  private static double[] run(Runnable step, double totalSeconds) {
    double[] seconds = new double[LEAST_RUNS];
    double sum = 0;
    int runs = 0;
    while (runs < LEAST_RUNS || sum < totalSeconds) {
      if (runs == seconds.length) {
        seconds = Arrays.copyOf(seconds, 2 * runs);
      }
      long start = System.nanoTime();
      step.run();
      seconds[runs] = (System.nanoTime() - start) / 1e9;
      sum += seconds[runs++];
    }
    return Arrays.copyOf(seconds, runs);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

import java.util.SplittableRandom;

/**
 * What one training step learns from.
 *
 * @param batch how many pictures
 * @param pictures batch×C×H×W, from 0 to 1
 * @param targets what the denoiser should make of them, of the same shape
 * @param labels what the classifier should read, one for each
 */
public record StepData(int batch, float[] pictures, float[] targets, int[] labels) {
  private static final double NOISE = 0.1;

  /**
   * Waves whose length says which class a picture is of, with noise, and the same with other noise
   * as targets. They can be learnt: where nothing can, a network wanders wherever rounding leads
   * it, and no two libraries stay together.
   */
  public static StepData waves(SeedNetwork network, int batch, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int side = network.side();
    int[] labels = new int[batch];
    float[] pictures = new float[batch * network.channels() * side * side];
    float[] targets = new float[pictures.length];
    int i = 0;
    for (int n = 0; n < batch; n++) {
      labels[n] = n % SeedNetwork.CLASSES;
      double frequency = 0.1 + 0.08 * labels[n];
      for (int c = 0; c < network.channels(); c++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            double clean = 0.5 + 0.4 * Math.sin(frequency * x + n + c) * Math.cos(0.2 * y);
            pictures[i] = (float) (clean + NOISE * random.nextGaussian());
            targets[i++] = (float) (clean + NOISE * random.nextGaussian());
          }
        }
      }
    }
    return new StepData(batch, pictures, targets, labels);
  }
}

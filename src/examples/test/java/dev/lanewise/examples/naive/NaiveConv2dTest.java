// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.naive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.nn.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaiveConv2dTest {

  /** The worked example of seed 003: the lower left window is 3·0 + 4·1 + 6·2 + 7·3 = 37. */
  @Test
  void convolvesTheWorkedExample() {
    float[] output = new float[4];
    new NaiveConv2d(1, 1, 3, 3, 1, 2, 2)
        .forward(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, new float[] {0, 1, 2, 3}, output);
    assertArrayEquals(new float[] {19, 25, 37, 43}, output);
  }

  /**
   * The worked example of seed 003: the four windows overlap at the centre, where they add up to 4.
   */
  @Test
  void convolvesTheTransposedWorkedExample() {
    float[] output = new float[9];
    new NaiveConv2d(1, 1, 3, 3, 1, 2, 2)
        .backwardInput(new float[] {0, 1, 2, 3}, new float[] {0, 1, 2, 3}, output);
    assertArrayEquals(new float[] {0, 0, 1, 0, 4, 6, 4, 12, 9}, output);
  }

  /**
   * On integers small enough that every sum is exact, the nested loops and Lanewise give the same
   * bits.
   */
  @Test
  void agreesWithLanewiseInEveryPassOfATrainingStep() {
    int n = 3;
    int height = 6;
    int width = 5;
    int channels = 4;
    int kernel = 3;
    Random random = new Random(1);
    Tensor images = signs(random, n, 1, height, width);
    Tensor encoderWeight = signs(random, channels, 1, kernel, kernel);
    Tensor decoderWeight = signs(random, channels, 1, kernel, kernel);
    TrainingStep naive = new TrainingStep(images, encoderWeight, decoderWeight);
    TrainingStep lanewise = new TrainingStep(images, encoderWeight, decoderWeight);
    naive.run(new NaivePasses(new NaiveConv2d(n, 1, height, width, channels, kernel, kernel)));
    lanewise.run(new LanewisePasses(n, height, width, channels, kernel));
    for (int pass = 0; pass < naive.results().size(); pass++) {
      assertArrayEquals(naive.results().get(pass), lanewise.results().get(pass));
    }
    assertEquals(0, naive.largestDifference(lanewise));
  }

  @Test
  void reportsADifferenceAsAFractionOfTheLargestValue() {
    Tensor images = Tensor.of(new float[] {0, 0, 0, 0, 8, 0, 0, 0, 0}, 1, 1, 3, 3);
    Tensor weight = signs(new Random(1), 1, 1, 3, 3);
    TrainingStep right = new TrainingStep(images, weight, weight);
    TrainingStep wrong = new TrainingStep(images, weight, weight);
    AutoencoderPasses passes = new NaivePasses(new NaiveConv2d(1, 1, 3, 3, 1, 3, 3));
    right.run(passes);
    wrong.run(passes);
    float[] code = wrong.results().getFirst();
    code[0] *= 1.25f;
    assertEquals(0.25, right.largestDifference(wrong));
  }

  private static Tensor signs(Random random, int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = random.nextBoolean() ? 1 : -1;
    }
    return tensor;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SquaredErrorTest {
  private static final float SCALE = 0.5f;

  /** Around the pieces of 256, the blocks of 16,384, and where sixteen blocks begin to grow. */
  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 255, 256, 257, 16_383, 16_384, 16_385, 262_143, 262_144, 262_145, 300_001})
  void isTheSumOverAllElements(int n) {
    float[] prediction = wholeNumbers(n, 1);
    float[] target = wholeNumbers(n, 2);
    double sum = 0;
    float[] differences = new float[n];
    for (int i = 0; i < n; i++) {
      double difference = prediction[i] - target[i];
      sum += difference * difference;
      differences[i] = (float) (SCALE * difference);
    }
    SquaredError plan = SquaredError.of(n);
    float[] gradient = new float[n];
    assertEquals(sum, plan.forward(prediction, target, SCALE, gradient, workspace(plan)));
    assertArrayEquals(differences, gradient);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void threadsChangeNoBit(int threads) {
    int n = 400_003;
    float[] prediction = reals(n, 1);
    float[] target = reals(n, 2);
    SquaredError alone = SquaredError.of(n);
    float[] expected = new float[n];
    double sum = alone.forward(prediction, target, SCALE, expected, workspace(alone));
    int[] tasks = {0};
    try (ExecutorService pool = Executors.newCachedThreadPool()) {
      SquaredError shared =
          alone.threads(
              task -> {
                tasks[0]++;
                pool.execute(task);
              },
              threads);
      float[] gradient = new float[n];
      assertEquals(sum, shared.forward(prediction, target, SCALE, gradient, workspace(shared)));
      assertArrayEquals(expected, gradient);
    }
    assertTrue(tasks[0] > 0);
  }

  @Test
  void refusesBadOperands() {
    SquaredError plan = SquaredError.of(3);
    float[] three = new float[3];
    double[] workspace = workspace(plan);
    assertEquals(
        "target: needs 3 elements from offset 0, length is 2 (SquaredError elements=3)",
        refusal(() -> plan.forward(three, new float[2], SCALE, new float[3], workspace)));
    assertEquals(
        "prediction and gradient overlap: what is written must lie apart from every other operand",
        refusal(() -> plan.forward(three, new float[3], SCALE, three, workspace)));
    assertEquals(
        "workspace: 255 elements, but SquaredError elements=3 needs 256",
        refusal(() -> plan.forward(three, new float[3], SCALE, new float[3], new double[255])));
    assertEquals("threads must be positive, but got 0", refusal(() -> plan.threads(r -> {}, 0)));
    assertEquals("elements must not be negative, but got -1", refusal(() -> SquaredError.of(-1)));
  }

  private static String refusal(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static double[] workspace(SquaredError plan) {
    return new double[plan.workspaceDoubles()];
  }

  private static float[] wholeNumbers(int n, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = random.nextInt(-8, 9);
    }
    return numbers;
  }

  private static float[] reals(int n, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = random.nextFloat(-1, 1);
    }
    return numbers;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContendersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Conv2d FORWARD tutorial-5x5-1-10@28-N64",
        "Conv2d BACKWARD_INPUT tutorial-5x5-1-10@28-N64",
        "Conv2d BACKWARD_WEIGHT tutorial-5x5-1-10@28-N64",
        "ConvTranspose2d FORWARD mnist-3x3-10-1@26-N64",
        "ConvTranspose2d BACKWARD_INPUT mnist-3x3-10-1@26-N64",
        "ConvTranspose2d BACKWARD_WEIGHT mnist-3x3-10-1@26-N64",
        "Gemm FORWARD 10x67x9"
      })
  void lanewiseAndTheNaiveLoopsAgree(String text) {
    Task task = Task.parse(text);
    Contender lanewise = Contenders.create(Contenders.LANEWISE, 1);
    Contender loops = Contenders.referenceFor(Contenders.LANEWISE);
    assertArrayEquals(resultOf(loops, task), resultOf(lanewise, task));
  }

  @Test
  void fastTakesPartWhereItDiffers() {
    Contender fast = Contenders.create("lanewise-fast", 1);
    assertFalse(fast.exact());
    assertTrue(fast.canSolve(Task.parse("Conv2d FORWARD resnet-3x3-64-64@56")));
    assertFalse(fast.canSolve(Task.parse("Conv2d BACKWARD_WEIGHT resnet-3x3-64-64@56")));
    assertFalse(fast.canSolve(Task.parse("Conv2d FORWARD resnet-3x3s2-128-128@56")));
    assertFalse(fast.canSolve(Task.parse("Gemm FORWARD 64x64x64")));
  }

  @Test
  void peersNeedTheirProfile() {
    assertThrows(IllegalArgumentException.class, () -> Contenders.create("nobody", 1));
  }

  @Test
  void operandsAreTheSameEveryTime() {
    Task task = Task.parse("Gemm FORWARD 4x5x6");
    assertArrayEquals(Problem.of(task).input(), Problem.of(task).input());
    assertEquals(20, Problem.of(task).result().length);
  }

  private static float[] resultOf(Contender contender, Task task) {
    try (Entry entry = contender.enter(Problem.of(task))) {
      entry.run();
      return entry.result().clone();
    }
  }
}

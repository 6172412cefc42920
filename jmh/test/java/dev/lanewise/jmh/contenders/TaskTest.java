// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.jmh.Pass;
import org.junit.jupiter.api.Test;

class TaskTest {
  @Test
  void readsWhatItWrites() {
    Task task = new Task(Operator.CONV_TRANSPOSE2D, Pass.BACKWARD_WEIGHT, "unet-2x2s2-128-64@56");
    assertEquals("ConvTranspose2d BACKWARD_WEIGHT unet-2x2s2-128-64@56", task.toString());
    assertEquals(task, Task.parse(task.toString()));
  }

  @Test
  void refusesOtherText() {
    assertThrows(IllegalArgumentException.class, () -> Task.parse("Conv2d FORWARD"));
    assertThrows(IllegalArgumentException.class, () -> Task.parse("Conv3d FORWARD x"));
    assertThrows(IllegalArgumentException.class, () -> Task.parse("Conv2d SIDEWARD x"));
  }

  @Test
  void countsWorkAndElements() {
    Task product = Task.parse("Gemm FORWARD 2x3x5");
    assertEquals(30, product.multiplyAdds());
    assertEquals(10 + 15 + 6, product.elements());
    Task pointwise = Task.parse("Conv2d FORWARD resnet-1x1-64-256@56");
    assertEquals(64L * 256 * 56 * 56, pointwise.multiplyAdds());
    assertEquals(56L * 56 * (64 + 256) + 64 * 256, pointwise.elements());
  }
}

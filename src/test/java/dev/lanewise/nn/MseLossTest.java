// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MseLossTest {
  private final MseLoss loss = new MseLoss();

  @Test
  void isTheMeanOverAllElements() {
    Tensor prediction = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2);
    Tensor target = Tensor.of(new float[] {1, 4, 0, 4, 4, 6, 3, 10}, 2, 2, 2);
    assertEquals((0 + 4 + 9 + 0 + 1 + 0 + 16 + 4) / 8.0, loss.forward(prediction, target));
    assertArrayEquals(new float[] {0, -0.5f, 0.75f, 0, 0.25f, 0, 1, -0.5f}, loss.backward().data());
  }

  @Test
  void countsEveryElementWhateverTheirNumber() {
    for (int n = 1; n <= 16; n++) {
      Tensor ones = Tensor.of(filled(n, 1), n);
      assertEquals(4, loss.forward(ones, Tensor.of(filled(n, 3), n)), "of " + n);
    }
  }

  @Test
  void withoutElementsIsNaN() {
    assertEquals(Double.NaN, loss.forward(Tensor.zeros(0, 1), Tensor.zeros(0, 1)));
    assertEquals(0, loss.backward().data().length);
  }

  @Test
  void usesTheGradientAgain() {
    Tensor first = Tensor.zeros(4);
    loss.forward(first, Tensor.zeros(4));
    Tensor gradient = loss.backward();
    loss.forward(Tensor.zeros(3), Tensor.zeros(3));
    loss.backward();
    loss.forward(first, Tensor.zeros(4));
    assertSame(gradient, loss.backward());
  }

  @Test
  void refusesDifferentShapes() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> loss.forward(Tensor.zeros(2, 3), Tensor.zeros(3, 2)));
    assertEquals(
        "Using a target size ([3, 2]) that is different to the prediction size ([2, 3])",
        e.getMessage());
  }

  @Test
  void refusesBackwardBeforeForward() {
    assertThrows(IllegalStateException.class, loss::backward);
  }

  private static float[] filled(int n, float value) {
    float[] data = new float[n];
    Arrays.fill(data, value);
    return data;
  }
}

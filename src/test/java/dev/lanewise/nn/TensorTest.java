// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTest {
  /** In whatever order the sizes are multiplied. */
  @Test
  void anEmptyAxisMakesItEmpty() {
    assertEquals(0, Tensor.zeros(65_536, 65_536, 0).data().length);
    assertEquals(0, Tensor.zeros(0, 65_536, 65_536).data().length);
    Tensor empty = Tensor.zeros(0, 65_536, 32_768);
    assertThrows(IllegalArgumentException.class, () -> new Flatten().forward(empty));
  }

  @Test
  void viewsTheArrayItWasGiven() {
    float[] data = new float[6];
    assertSame(data, Tensor.of(data, 2, 3).data());
  }

  @Test
  void keepsItsShapeWhateverHappensToTheArgumentOrTheResult() {
    int[] sizes = {2, 3};
    Tensor tensor = Tensor.zeros(sizes);
    sizes[0] = 7;
    tensor.shape()[1] = 7;
    assertArrayEquals(new int[] {2, 3}, tensor.shape());
    assertEquals(2, tensor.rank());
    assertEquals(3, tensor.size(1));
  }

  @Test
  void printsItsShapeAsPyTorchDoes() {
    assertEquals("[64, 1, 28, 28]", Tensor.zeros(64, 1, 28, 28).toString());
  }

  @Test
  void mayHoldOneNumberOrNone() {
    assertEquals(1, Tensor.zeros().data().length);
    assertEquals(0, Tensor.zeros(0, 1, 28, 28).data().length);
  }

  @Test
  void refusesAShapeThatTheArrayDoesNotFill() {
    var e = assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[5], 2, 3));
    assertEquals("shape '[2, 3]' is invalid for input of size 5", e.getMessage());
  }

  @Test
  void refusesANegativeSize() {
    var e = assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(2, -3));
    assertEquals("Trying to create tensor with negative dimension -3: [2, -3]", e.getMessage());
  }

  @Test
  void refusesMoreElementsThanAnArrayHolds() {
    var e = assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(65536, 32768));
    assertEquals("shape [65536, 32768] has more elements than an array can hold", e.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Tensor.zeros(1 << 22, 1 << 21, 1 << 21),
        "2⁶⁴, which a long counts as 0");
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertThrows(IndexOutOfBoundsException.class, () -> Tensor.zeros(2, 3).size(2));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.jmh.peak.Work;
import org.junit.jupiter.api.Test;

class ContestTest {
  private final float[] result = new float[2];

  @Test
  void acceptsTheSameResult() {
    assertDoesNotThrow(() -> contest(() -> result[1] = 7, () -> result[1] = 7).verify());
  }

  @Test
  void startsBothFromZero() {
    assertDoesNotThrow(() -> contest(() -> result[1] += 7, () -> result[1] += 7).verify());
  }

  @Test
  void refusesAnotherResult() {
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () -> contest(() -> result[1] = 6, () -> result[1] = 7).verify());
    assertEquals("element 1 of 2 is 6.0, but 7.0 by the naive loops", error.getMessage());
  }

  @Test
  void refusesNaN() {
    assertThrows(
        IllegalStateException.class,
        () -> contest(() -> result[1] = Float.NaN, () -> result[1] = Float.NaN).verify());
  }

  @Test
  void refusesNoResult() {
    assertThrows(IllegalStateException.class, () -> contest(() -> {}, () -> {}).verify());
  }

  private Contest contest(Runnable lanewise, Runnable naive) {
    return new Contest(Work.multiplyAdds(1), result, lanewise, naive);
  }
}

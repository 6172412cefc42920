// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.jmh.contenders.Task;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private final Task task = Task.parse("Gemm FORWARD 1x2x3");
  private final float[] expected = {1000, -2};

  @Test
  void exactMeansEveryElement() {
    assertDoesNotThrow(() -> Agreement.EXACT.require(task, expected, new float[] {1000, -2}));
    refused(Agreement.EXACT, 1000, Math.nextUp(-2f));
    refused(Agreement.EXACT, 1000, Float.NaN);
    refused(Agreement.EXACT, 1000);
  }

  @Test
  void closeMeansAllTogether() {
    assertDoesNotThrow(() -> Agreement.CLOSE.require(task, expected, new float[] {1000, -2.05f}));
    refused(Agreement.CLOSE, 1001, -2);
    refused(Agreement.CLOSE, -1000, -2);
    refused(Agreement.CLOSE, 1000, Float.NaN);
    refused(Agreement.CLOSE, 1000);
  }

  private void refused(Agreement agreement, float... actual) {
    assertThrows(IllegalStateException.class, () -> agreement.require(task, expected, actual));
  }
}

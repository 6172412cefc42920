// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FloatLinesTest {
  @Test
  void theNextIndexBeginsALineBehindTheHeader() {
    for (int index = 0; index < 100; index++) {
      int next = FloatLines.next(index);
      assertEquals(0, (16 + next * Float.BYTES) % 64);
      assertTrue(index <= next && next < index + FloatLines.LENGTH);
    }
  }
}

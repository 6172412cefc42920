// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class FloatLinesTest {
  @Test
  void theNextIndexBeginsALineBehindTheHeader() {
    for (int index = 0; index < 100; index++) {
      int next = FloatLines.next(index);
      assertEquals(0, (16 + next * Float.BYTES) % 64);
      assertTrue(index <= next && next < index + FloatLines.LENGTH);
      assertEquals(next - index, FloatLines.beforeNext(new float[0], index));
    }
  }

  @Test
  void nativeMemoryBeginsALineWhereItsAddressDoes() {
    MemorySegment lines = Arena.ofAuto().allocate(1024, 64);
    for (int first = 0; first < 20; first++) {
      MemorySegment segment = lines.asSlice((long) first * Float.BYTES);
      for (int index = 0; index < 40; index++) {
        int before = FloatLines.beforeNext(segment, index);
        assertEquals(0, (first + index + before) % FloatLines.LENGTH);
        assertTrue(0 <= before && before < FloatLines.LENGTH);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Scalars stand in for vectors with the same bits. */
class StartingRowsTest {
  private static final int LANES = FloatLanes.LENGTH;
  private static final int ROOM = 4096;

  @Test
  void sums() {
    FloatRows vector = new FloatVectorRows();
    FloatRows scalar = new FloatScalarRows(LANES);
    float[] a = random(1);
    float[] b = random(2);
    for (int count : new int[] {0, 1, LANES, 3 * LANES + 1, 4 * LANES, 23 * LANES - 1}) {
      assertEquals(vector.sum(a, 3, count), scalar.sum(a, 3, count));
      float[] expected = new float[8];
      float[] actual = new float[8];
      scalar.dots(a, 3, 7, 6, b, 5, count, expected, 1);
      vector.dots(a, 3, 7, 6, b, 5, count, actual, 1);
      assertArrayEquals(expected, actual);
      MemorySegment segment = MemorySegment.ofArray(a);
      assertEquals(vector.sum(segment, 12, count), scalar.sum(segment, 12, count));
    }
  }

  @Test
  void panels() {
    FloatRows vector = new FloatVectorRows();
    FloatRows scalar = new FloatScalarRows(LANES);
    float[] from = random(1);
    for (int columns : new int[] {1, LANES, 2 * LANES, 4 * LANES}) {
      float[] expected = random(2);
      float[] actual = random(2);
      scalar.copyPanels(from, 3, 3 * columns + 1, expected, 5, 4, 3, columns);
      vector.copyPanels(from, 3, 3 * columns + 1, actual, 5, 4, 3, columns);
      assertArrayEquals(expected, actual);
      assertEquals(from[3 + 2 * (3 * columns + 1) + columns], actual[5 + (4 + 2) * columns]);
    }
  }

  private static float[] random(int seed) {
    Random random = new Random(seed);
    float[] values = new float[ROOM];
    for (int i = 0; i < ROOM; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}

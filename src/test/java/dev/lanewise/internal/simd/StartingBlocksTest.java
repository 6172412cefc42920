// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Vectors move the same blocks as scalars, and nothing beside them, up to the ends of arrays. */
class StartingBlocksTest {
  private static final int LANES = FloatLanes.LENGTH;
  private static final int[] SIZES = {
    1, 2, LANES / 2, LANES / 2 + 1, LANES - 1, LANES, LANES + 1, 2 * LANES, 3 * LANES + 5
  };

  @Test
  void transpose() {
    FloatTranspose vector = new FloatVectorTranspose();
    FloatTranspose scalar = new FloatScalarTranspose();
    for (int rows : SIZES) {
      for (int count : SIZES) {
        for (int gap = 0; gap < 2; gap++) {
          int ld = count + gap;
          int stride = rows + gap;
          float[] from = numbers(1 + (rows - 1) * ld + count);
          float[] expected = new float[2 + (count - 1) * stride + rows];
          float[] actual = expected.clone();
          scalar.run(from, 1, ld, rows, expected, 2, stride, count);
          vector.run(from, 1, ld, rows, actual, 2, stride, count);
          assertArrayEquals(expected, actual, rows + " rows of " + count);
        }
      }
    }
  }

  /** Columns so far apart that blocks begin where lines of the target do. */
  @Test
  void transposeToFarColumns() {
    FloatTranspose vector = new FloatVectorTranspose();
    FloatTranspose scalar = new FloatScalarTranspose();
    int stride = 10 << 10;
    int count = LANES + 1;
    for (int rows : new int[] {8 * LANES, 8 * LANES + 1, 9 * LANES - 1, 9 * LANES + 5}) {
      float[] from = numbers(rows * count);
      for (int at = 0; at <= 16; at++) {
        float[] expected = new float[at + (count - 1) * stride + rows];
        float[] actual = expected.clone();
        scalar.run(from, 0, count, rows, expected, at, stride, count);
        vector.run(from, 0, count, rows, actual, at, stride, count);
        assertArrayEquals(expected, actual, rows + " rows from " + at);
      }
    }
  }

  @Test
  void gather() {
    FloatStrips vector = new FloatVectorStrips();
    FloatStrips scalar = new FloatScalarStrips();
    int planes = 2;
    for (int step = 1; step <= 3; step++) {
      for (int rows : new int[] {1, 3}) {
        for (int width : SIZES) {
          int fromPitch = step * width;
          int toPitch = width + 1;
          float[] from = numbers(2 + planes * rows * fromPitch - (step - 1));
          float[] expected = new float[1 + planes * rows * toPitch - 1];
          float[] actual = expected.clone();
          scalar.gather(
              from,
              2,
              rows * fromPitch,
              fromPitch,
              step,
              expected,
              1,
              rows * toPitch,
              toPitch,
              planes,
              rows,
              width);
          vector.gather(
              from,
              2,
              rows * fromPitch,
              fromPitch,
              step,
              actual,
              1,
              rows * toPitch,
              toPitch,
              planes,
              rows,
              width);
          assertArrayEquals(expected, actual, rows + " rows of " + width + ", step " + step);
        }
      }
    }
  }

  private static float[] numbers(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i + 1;
    }
    return values;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is done to segments, by vectors or scalars, gives the bits of the same on arrays, and
 * nothing beside it is touched: at any address, up to the last byte.
 */
class SegmentsTest {
  private static final int LANES = FloatLanes.LENGTH;
  private static final FloatRows ROWS = new FloatScalarRows(LANES);
  private static final FloatSegmentRows[] FORMS = {
    new FloatVectorSegmentRows(), new FloatScalarSegmentRows()
  };

  static IntStream sizes() {
    return IntStream.of(
        1,
        2,
        LANES / 2,
        LANES - 1,
        LANES,
        LANES + 1,
        2 * LANES,
        3 * LANES + 5,
        4 * LANES,
        9 * LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void add(int count) {
    float[] addend = numbers(2 + count, 2);
    for (FloatSegmentRows form : FORMS) {
      requireSame(
          count,
          array -> ROWS.add(addend, 2, array, 1, count),
          segment -> form.add(addend, 2, segment, 1, count));
      requireSame(
          count,
          array -> ROWS.add(addend, 2, array, 1, count),
          segment -> form.add(segment(addend), 2, segment, 1, count));
      float[] expected = numbers(3 + count, 3);
      float[] actual = expected.clone();
      ROWS.add(addend, 2, expected, 3, count);
      form.add(segment(addend), 2, actual, 3, count);
      assertArrayEquals(expected, actual);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void inPlace(int count) {
    for (FloatSegmentRows form : FORMS) {
      requireSame(
          count,
          array -> Arrays.fill(array, 1, 1 + count, 0.1f),
          segment -> form.fill(segment, 1, count, 0.1f));
      requireSame(
          count,
          array -> IntStream.range(1, 1 + count).forEach(i -> array[i] *= 0.3f),
          segment -> form.scale(segment, 1, count, 0.3f));
      requireSame(
          count,
          array -> ROWS.clamp(array, 1, count, -0.1f, 0.2f),
          segment -> form.clamp(segment, 1, count, -0.1f, 0.2f));
      requireSame(
          count,
          array -> ROWS.leaky(array, 1, count, 0.1f),
          segment -> form.leaky(segment, 1, count, 0.1f));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void isFinite(int count) {
    for (FloatSegmentRows form : FORMS) {
      for (int i = -1; i <= count; i++) {
        for (float outlier : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
          float[] array = numbers(2 + count, 1);
          array[1 + i] = outlier;
          boolean inside = i >= 0 && i < count;
          assertEquals(!inside, form.isFinite(segment(array), 1, count), "at " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void copyBlock(int columns) {
    int rows = 3;
    int ld = columns + 1;
    int toLd = columns + 2;
    float[] from = numbers(1 + (rows - 1) * ld + columns, 1);
    int room = 2 + (rows - 1) * toLd + columns;
    float[] expected = numbers(room, 2);
    ROWS.copyBlock(from, 1, ld, expected, 2, toLd, rows, columns);
    for (FloatSegmentRows form : FORMS) {
      float[] actual = numbers(room, 2);
      form.copyBlock(segment(from), 1, ld, actual, 2, toLd, rows, columns);
      assertArrayEquals(expected, actual);
      MemorySegment written = segment(numbers(room, 2));
      form.copyBlock(from, 1, ld, written, 2, toLd, rows, columns);
      assertArrayEquals(expected, array(written));
    }
  }

  /** Also where vectors of a row overlap, which must add once. */
  @ParameterizedTest
  @MethodSource("sizes")
  void addBlock(int columns) {
    int rows = 3;
    int ld = columns + 1;
    int toLd = columns + 2;
    float[] addend = numbers(1 + (rows - 1) * ld + columns, 1);
    int room = 2 + (rows - 1) * toLd + columns;
    float[] expected = numbers(room, 2);
    for (int r = 0; r < rows; r++) {
      ROWS.add(addend, 1 + r * ld, expected, 2 + r * toLd, columns);
    }
    for (FloatSegmentRows form : FORMS) {
      MemorySegment written = segment(numbers(room, 2));
      form.addBlock(addend, 1, ld, written, 2, toLd, rows, columns);
      assertArrayEquals(expected, array(written));
    }
  }

  /** With what the slack allows to be overwritten, and so close to the end that nothing may be. */
  @ParameterizedTest
  @MethodSource("sizes")
  void copyDense(int columns) {
    int rows = 3;
    int blocks = 2;
    int fromLd = columns + 2;
    int blockLd = rows * fromLd;
    for (int behind : new int[] {0, 2 * LANES}) {
      float[] from = numbers(1 + blocks * blockLd - 2 + behind, 1);
      int copied = rows * blocks * columns;
      float[] expected = new float[3 + copied + LANES];
      ROWS.copyDense(from, 1, blockLd, fromLd, expected, 3, rows, blocks, columns);
      for (FloatSegmentRows form : FORMS) {
        float[] actual = new float[expected.length];
        form.copyDense(segment(from), 1, blockLd, fromLd, actual, 3, rows, blocks, columns);
        int end = 3 + copied + FloatRows.BEST.slack();
        Arrays.fill(actual, 3 + copied, end, 0);
        Arrays.fill(expected, 3 + copied, end, 0);
        assertArrayEquals(expected, actual);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void transpose(int rows) {
    for (int count : sizes().toArray()) {
      int ld = count + 1;
      int stride = rows + 2;
      float[] from = numbers(1 + (rows - 1) * ld + count, 1);
      int room = 2 + (count - 1) * stride + rows;
      float[] expected = numbers(room, 2);
      new FloatScalarTranspose().run(from, 1, ld, rows, expected, 2, stride, count);
      for (FloatTransposeFromSegment form :
          new FloatTransposeFromSegment[] {
            new FloatVectorTransposeFromSegment(), new FloatScalarTransposeFromSegment()
          }) {
        float[] actual = numbers(room, 2);
        form.run(segment(from), 1, ld, rows, actual, 2, stride, count);
        assertArrayEquals(expected, actual, rows + " rows of " + count);
      }
      for (FloatTransposeToSegment form :
          new FloatTransposeToSegment[] {
            new FloatVectorTransposeToSegment(), new FloatScalarTransposeToSegment()
          }) {
        MemorySegment written = segment(numbers(room, 2));
        form.run(from, 1, ld, rows, written, 2, stride, count);
        assertArrayEquals(expected, array(written), rows + " rows of " + count);
      }
    }
  }

  /** Columns so far apart that blocks begin where lines of the target do. */
  @Test
  void transposeToFarColumns() {
    int rows = 9 * FloatLanes.LENGTH + 5;
    int count = 3;
    int stride = 10 << 10;
    float[] from = numbers(rows * count + FloatLanes.LENGTH, 1);
    for (int at = 0; at <= 16; at++) {
      float[] expected = numbers(at + (count - 1) * stride + rows, 2);
      MemorySegment written = segment(expected);
      new FloatScalarTranspose().run(from, 0, count, rows, expected, at, stride, count);
      new FloatVectorTransposeToSegment().run(from, 0, count, rows, written, at, stride, count);
      assertArrayEquals(expected, array(written), "from " + at);
    }
  }

  /** One element before and one behind the {@code count} in question. */
  private static void requireSame(
      int count, Consumer<float[]> onArray, Consumer<MemorySegment> onSegment) {
    float[] expected = numbers(2 + count, 1);
    MemorySegment segment = segment(expected);
    onArray.accept(expected);
    onSegment.accept(segment);
    assertArrayEquals(expected, array(segment));
  }

  /** A copy at an odd address. */
  private static MemorySegment segment(float[] array) {
    long bytes = (long) array.length * Float.BYTES;
    MemorySegment segment = Arena.ofAuto().allocate(bytes + 1).asSlice(1);
    MemorySegment.copy(array, 0, segment, JAVA_FLOAT_UNALIGNED, 0, array.length);
    return segment;
  }

  private static float[] array(MemorySegment segment) {
    float[] array = new float[(int) (segment.byteSize() / Float.BYTES)];
    MemorySegment.copy(segment, JAVA_FLOAT_UNALIGNED, 0, array, 0, array.length);
    return array;
  }

  private static float[] numbers(int count, int seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.reference.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Numbers in memory, with canaries before and behind them. The canaries are NaNs, so that reading
 * one shows in the result, with bits of their own, so that overwriting one shows as well.
 */
final class Operand {
  private static final int CANARY = 0x7fc0_dea1;
  private static final long WIDE_CANARY = 0x7ff8_dead_beef_cafeL;
  private static final int BEHIND = 33;

  private final Precision precision;
  private final Place place;

  /** Null unless the numbers lie in an array of their own type. */
  private final Object array;

  private final MemorySegment memory;
  private final int offset;
  private final int length;

  private Operand(
      Precision precision, Place place, Arena arena, int offset, int behind, double[] numbers) {
    this.precision = precision;
    this.place = place;
    this.offset = offset;
    this.length = numbers.length;
    int elements = offset + length + behind;
    this.array =
        switch (place) {
          case ARRAY, READ_ONLY_ARRAY ->
              precision == Precision.FLOAT ? new float[elements] : new double[elements];
          case BYTES, NATIVE, UNALIGNED_NATIVE -> null;
        };
    long bytes = elements * width();
    this.memory =
        switch (place) {
          case ARRAY, READ_ONLY_ARRAY ->
              precision == Precision.FLOAT
                  ? MemorySegment.ofArray((float[]) array)
                  : MemorySegment.ofArray((double[]) array);
          case BYTES -> MemorySegment.ofArray(new byte[(int) bytes + 1]).asSlice(1);
          case NATIVE -> arena.allocate(bytes, width());
          case UNALIGNED_NATIVE -> arena.allocate(bytes + 1, width()).asSlice(1);
        };
    write(numbers, elements);
  }

  /** In bulk: most calls of these tests are too few for the JVM to compile a loop over elements. */
  private void write(double[] numbers, int elements) {
    if (precision == Precision.FLOAT) {
      float[] all = new float[elements];
      Arrays.fill(all, Float.intBitsToFloat(CANARY));
      for (int i = 0; i < length; i++) {
        all[offset + i] = (float) numbers[i];
      }
      MemorySegment.copy(all, 0, memory, JAVA_FLOAT_UNALIGNED, 0, elements);
    } else {
      double[] all = new double[elements];
      Arrays.fill(all, Double.longBitsToDouble(WIDE_CANARY));
      System.arraycopy(numbers, 0, all, offset, length);
      MemorySegment.copy(all, 0, memory, JAVA_DOUBLE_UNALIGNED, 0, elements);
    }
  }

  /** With a wide margin behind, or exactly to the end of its memory, where the JVM is on guard. */
  static Operand in(
      Place place,
      Precision precision,
      Arena arena,
      int offset,
      double[] numbers,
      boolean toTheEnd) {
    return new Operand(precision, place, arena, offset, toTheEnd ? 0 : BEHIND, numbers);
  }

  Object array() {
    return array;
  }

  int offset() {
    return offset;
  }

  MemorySegment segment() {
    MemorySegment segment = memory.asSlice(offset * width(), length * width());
    return place == Place.READ_ONLY_ARRAY ? segment.asReadOnly() : segment;
  }

  double[] numbers() {
    double[] numbers = new double[length];
    long start = offset * width();
    if (precision == Precision.FLOAT) {
      float[] floats = new float[length];
      MemorySegment.copy(memory, JAVA_FLOAT_UNALIGNED, start, floats, 0, length);
      for (int i = 0; i < length; i++) {
        numbers[i] = floats[i];
      }
    } else {
      MemorySegment.copy(memory, JAVA_DOUBLE_UNALIGNED, start, numbers, 0, length);
    }
    return numbers;
  }

  void requireCanaries(String name) {
    int elements = (int) (memory.byteSize() / width());
    requireCanaries(name, 0, offset);
    requireCanaries(name, offset + length, elements);
  }

  private void requireCanaries(String name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isCanary(i)) {
        throw new AssertionError(
            "%s: element %d of %d elements was overwritten".formatted(name, i - offset, length));
      }
    }
  }

  private long width() {
    return precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
  }

  private boolean isCanary(int index) {
    return precision == Precision.FLOAT
        ? memory.get(JAVA_INT_UNALIGNED, index * width()) == CANARY
        : memory.get(JAVA_LONG_UNALIGNED, index * width()) == WIDE_CANARY;
  }
}

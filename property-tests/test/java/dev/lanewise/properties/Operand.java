// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Numbers in memory, with canaries before and behind them. The canaries are NaNs, so that reading
 * one shows in the result, with bits of their own, so that overwriting one shows as well.
 */
final class Operand {
  private static final int CANARY = 0x7fc0_dea1;
  private static final long WIDE_CANARY = 0x7ff8_dead_beef_cafeL;
  private static final int BEHIND = 33;

  private final Precision precision;
  private final Object array;
  private final MemorySegment storage;
  private final int offset;
  private final int length;

  /**
   * @param exactEnd whether an array ends with the operand, so that the JVM itself guards the end
   */
  private Operand(
      Precision precision, Arena arena, int offset, double[] numbers, boolean exactEnd) {
    int elements = offset + numbers.length + (exactEnd ? 0 : BEHIND);
    this.precision = precision;
    this.offset = offset;
    this.length = numbers.length;
    if (arena != null) {
      array = null;
      storage = arena.allocate(elements * width(), width());
    } else if (precision == Precision.FLOAT) {
      float[] floats = new float[elements];
      array = floats;
      storage = MemorySegment.ofArray(floats);
    } else {
      double[] doubles = new double[elements];
      array = doubles;
      storage = MemorySegment.ofArray(doubles);
    }
    for (int i = 0; i < elements; i++) {
      setCanary(i);
    }
    for (int i = 0; i < length; i++) {
      set(offset + i, numbers[i]);
    }
  }

  static Operand onHeap(Precision precision, int offset, double[] numbers) {
    return new Operand(precision, null, offset, numbers, false);
  }

  static Operand onHeapToTheEnd(Precision precision, int offset, double[] numbers) {
    return new Operand(precision, null, offset, numbers, true);
  }

  static Operand offHeap(Precision precision, Arena arena, int offset, double[] numbers) {
    return new Operand(precision, arena, offset, numbers, false);
  }

  Object array() {
    return array;
  }

  int offset() {
    return offset;
  }

  MemorySegment segment() {
    return storage.asSlice(offset * width(), length * width());
  }

  double[] numbers() {
    double[] numbers = new double[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = get(offset + i);
    }
    return numbers;
  }

  void requireCanaries(String name) {
    long elements = storage.byteSize() / width();
    for (int i = 0; i < elements; i++) {
      boolean inside = i >= offset && i < offset + length;
      if (!inside && !isCanary(i)) {
        throw new AssertionError(
            "%s: element %d of %d elements was overwritten".formatted(name, i - offset, length));
      }
    }
  }

  private long width() {
    return precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
  }

  private double get(int index) {
    return precision == Precision.FLOAT
        ? storage.getAtIndex(ValueLayout.JAVA_FLOAT, index)
        : storage.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
  }

  private void set(int index, double number) {
    if (precision == Precision.FLOAT) {
      storage.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) number);
    } else {
      storage.setAtIndex(ValueLayout.JAVA_DOUBLE, index, number);
    }
  }

  private void setCanary(int index) {
    if (precision == Precision.FLOAT) {
      storage.setAtIndex(ValueLayout.JAVA_INT, index, CANARY);
    } else {
      storage.setAtIndex(ValueLayout.JAVA_LONG, index, WIDE_CANARY);
    }
  }

  private boolean isCanary(int index) {
    return precision == Precision.FLOAT
        ? storage.getAtIndex(ValueLayout.JAVA_INT, index) == CANARY
        : storage.getAtIndex(ValueLayout.JAVA_LONG, index) == WIDE_CANARY;
  }
}

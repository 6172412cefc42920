// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.memory;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Refuses operands that an operator could not use, before it writes to any. */
public final class FloatOperands {
  private FloatOperands() {}

  /**
   * The array holds {@code needed} elements from the offset on.
   *
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if it is too short
   */
  public static void require(String name, float[] array, int offset, long needed, Object shapes) {
    Objects.requireNonNull(array, name);
    if (offset < 0) {
      throw new IllegalArgumentException(
          "%s: negative offset is not supported: %d".formatted(name, offset));
    }
    if (needed > array.length - (long) offset) {
      throw new IllegalArgumentException(
          "%s: needs %d elements from offset %d, length is %d (%s)"
              .formatted(name, needed, offset, array.length, shapes));
    }
  }

  /**
   * The segment holds {@code needed} elements.
   *
   * @throws NullPointerException if the segment is null
   * @throws IllegalArgumentException if it is too short, closed or another thread's
   */
  public static void require(String name, MemorySegment segment, long needed, Object shapes) {
    Objects.requireNonNull(segment, name);
    if (!segment.scope().isAlive() || !segment.isAccessibleBy(Thread.currentThread())) {
      throw new IllegalArgumentException(
          "%s: the segment is closed or belongs to another thread".formatted(name));
    }
    if (needed > segment.byteSize() / Float.BYTES) {
      throw new IllegalArgumentException(
          "%s: needs %d elements of %d bytes, size is %d bytes (%s)"
              .formatted(name, needed, Float.BYTES, segment.byteSize(), shapes));
    }
  }

  /**
   * The segment can be written to.
   *
   * @throws IllegalArgumentException if it is read-only
   */
  public static void requireWritable(String name, MemorySegment segment) {
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException("%s: the segment is read-only".formatted(name));
    }
  }

  /**
   * The stretch of memory that an operand occupies lies apart from that of one that is written.
   *
   * @throws IllegalArgumentException if it does
   */
  public static void requireApart(
      String name,
      Object memory,
      long offset,
      long count,
      String writtenName,
      Object written,
      long writtenOffset,
      long writtenCount) {
    if (overlap(memory, offset, count, written, writtenOffset, writtenCount)) {
      throw new IllegalArgumentException(
          "%s and %s overlap: what is written must lie apart from every other operand"
              .formatted(name, writtenName));
    }
  }

  private static boolean overlap(
      Object a, long aOffset, long aCount, Object b, long bOffset, long bCount) {
    if (aCount == 0 || bCount == 0) {
      return false;
    }
    if (hidesItsArray(a) || hidesItsArray(b)) {
      return segment(a, aOffset, aCount)
          .asOverlappingSlice(segment(b, bOffset, bCount))
          .isPresent();
    }
    if (root(a) != root(b)) {
      return false;
    }
    long aStart = start(a, aOffset);
    long bStart = start(b, bOffset);
    return aStart < bStart + bCount * Float.BYTES && bStart < aStart + aCount * Float.BYTES;
  }

  /** A read-only segment on the heap does not say which array it shows, but can tell when asked. */
  private static boolean hidesItsArray(Object memory) {
    return memory instanceof MemorySegment segment
        && !segment.isNative()
        && segment.heapBase().isEmpty();
  }

  private static MemorySegment segment(Object memory, long offset, long count) {
    MemorySegment segment =
        memory instanceof float[] array ? MemorySegment.ofArray(array) : (MemorySegment) memory;
    return segment.asSlice(offset * Float.BYTES, count * Float.BYTES);
  }

  /** What two operands must share to be able to overlap: an array, or (null) the native memory. */
  private static Object root(Object memory) {
    return memory instanceof MemorySegment segment ? segment.heapBase().orElse(null) : memory;
  }

  private static long start(Object memory, long offset) {
    return offset * Float.BYTES + (memory instanceof MemorySegment segment ? segment.address() : 0);
  }
}

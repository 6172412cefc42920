// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatRows} of operands in segments, with the same bits. Indices count elements, from the
 * segment's first byte on, which may have any address.
 *
 * <p>Vectors go through native segments only: C2 compiles for the kinds of segments that it has
 * seen, and there is one native kind, but a kind on the heap for each type of array.
 */
public interface FloatSegmentRows extends Starting.Form {
  /** Of any segments. */
  FloatSegmentRows SCALAR = new FloatScalarSegmentRows();

  /** Of native segments. */
  FloatSegmentRows NATIVE = Machine.SIMD ? new FloatStartingSegmentRows() : SCALAR;

  /** What this machine runs on a segment. */
  static FloatSegmentRows of(MemorySegment segment) {
    return segment.isNative() ? NATIVE : SCALAR;
  }

  /** What this machine runs on two segments. */
  static FloatSegmentRows of(MemorySegment a, MemorySegment b) {
    return a.isNative() && b.isNative() ? NATIVE : SCALAR;
  }

  /**
   * {@code to[toOffset + r·toLd + i] = from[fromIndex + r·fromLd + i]} for r in [0, rows) and i in
   * [0, columns).
   */
  void copyBlock(
      MemorySegment from,
      long fromIndex,
      long fromLd,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns);

  /**
   * {@code to[toIndex + r·toLd + i] = from[fromOffset + r·fromLd + i]} for r in [0, rows) and i in
   * [0, columns).
   */
  void copyBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      MemorySegment to,
      long toIndex,
      long toLd,
      int rows,
      int columns);

  /** As {@link FloatRows#copyDense}, with the same slack. */
  default void copyDense(
      MemorySegment from,
      long fromIndex,
      long blockLd,
      long fromLd,
      float[] to,
      int toOffset,
      int rows,
      int blocks,
      int columns) {
    for (int n = 0; n < blocks; n++) {
      copyBlock(
          from,
          fromIndex + n * blockLd,
          fromLd,
          to,
          toOffset + n * columns,
          blocks * columns,
          rows,
          columns);
    }
  }

  /**
   * {@code to[toIndex + r·toLd + i] += from[fromOffset + r·fromLd + i]} for r in [0, rows) and i in
   * [0, columns).
   */
  void addBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      MemorySegment to,
      long toIndex,
      long toLd,
      int rows,
      int columns);

  /** {@code to[toIndex + i] += from[fromOffset + i]} for i in [0, count). */
  void add(float[] from, int fromOffset, MemorySegment to, long toIndex, int count);

  /** {@code to[toOffset + i] += from[fromIndex + i]} for i in [0, count). */
  void add(MemorySegment from, long fromIndex, float[] to, int toOffset, int count);

  /** {@code to[toIndex + i] += from[fromIndex + i]} for i in [0, count). */
  void add(MemorySegment from, long fromIndex, MemorySegment to, long toIndex, int count);

  /** {@code to[toIndex + i] = value} for i in [0, count). */
  void fill(MemorySegment to, long toIndex, int count, float value);

  /** {@code to[toIndex + i] *= factor} for i in [0, count). */
  void scale(MemorySegment to, long toIndex, int count, float factor);

  /** {@code to[toIndex + i] = min(max(to[toIndex + i], low), high)} for i in [0, count). */
  void clamp(MemorySegment to, long toIndex, int count, float low, float high);

  /** {@code to[toIndex + i] *= slope} where it is below 0, for i in [0, count). */
  void leaky(MemorySegment to, long toIndex, int count, float slope);

  /** Whether none of from[fromIndex + i], i in [0, count), is infinite or NaN. */
  boolean isFinite(MemorySegment from, long fromIndex, int count);

  @Override
  default int trial() {
    int rows = 8;
    int count = rows * FloatLanes.LENGTH;
    float[] array = FloatZeros.atLeast(count);
    MemorySegment segment = FloatNativeZeros.atLeast(count);
    // Of a micropanel's width and of another: two loops.
    int wide = 4 * FloatLanes.LENGTH;
    copyBlock(segment, 0, 0, array, 0, 0, rows, wide);
    copyBlock(segment, 0, 0, array, 0, 0, rows, wide - 1);
    copyBlock(array, 0, 0, segment, 0, 0, rows, wide - 1);
    // One vector a row, then two.
    copyDense(segment, 0, 0, 0, array, 0, rows, 1, FloatLanes.LENGTH);
    copyDense(segment, 0, 0, 0, array, 0, rows / 2, 1, 2 * FloatLanes.LENGTH);
    copyBlock(array, 0, 0, segment, 0, 0, rows, wide / 2);
    addBlock(array, 0, 0, segment, 0, 0, rows, wide);
    addBlock(array, 0, 0, segment, 0, 0, rows, wide / 2);
    add(array, 0, segment, 0, count);
    add(segment, 0, array, 0, count);
    add(segment, 0, segment, 0, count);
    fill(segment, 0, count, 0);
    scale(segment, 0, count, 1);
    clamp(segment, 0, count, 0, 1);
    leaky(segment, 0, count, 1);
    isFinite(segment, 0, count);
    return 52 * rows;
  }
}

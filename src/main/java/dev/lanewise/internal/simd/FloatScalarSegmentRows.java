// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** {@link FloatSegmentRows} without the vector module. */
final class FloatScalarSegmentRows implements FloatSegmentRows {
  private static final long BYTES = Float.BYTES;

  @Override
  public void copyBlock(
      MemorySegment from,
      long fromIndex,
      long fromLd,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(
          from,
          JAVA_FLOAT_UNALIGNED,
          (fromIndex + r * fromLd) * BYTES,
          to,
          toOffset + r * toLd,
          columns);
    }
  }

  @Override
  public void copyBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      MemorySegment to,
      long toIndex,
      long toLd,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(
          from,
          fromOffset + r * fromLd,
          to,
          JAVA_FLOAT_UNALIGNED,
          (toIndex + r * toLd) * BYTES,
          columns);
    }
  }

  @Override
  public void addBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      MemorySegment to,
      long toIndex,
      long toLd,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      add(from, fromOffset + r * fromLd, to, toIndex + r * toLd, columns);
    }
  }

  @Override
  public void add(float[] from, int fromOffset, MemorySegment to, long toIndex, int count) {
    for (int i = 0; i < count; i++) {
      set(to, toIndex, i, get(to, toIndex, i) + from[fromOffset + i]);
    }
  }

  @Override
  public void add(MemorySegment from, long fromIndex, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] += get(from, fromIndex, i);
    }
  }

  @Override
  public void add(MemorySegment from, long fromIndex, MemorySegment to, long toIndex, int count) {
    for (int i = 0; i < count; i++) {
      set(to, toIndex, i, get(to, toIndex, i) + get(from, fromIndex, i));
    }
  }

  @Override
  public void fill(MemorySegment to, long toIndex, int count, float value) {
    for (int i = 0; i < count; i++) {
      set(to, toIndex, i, value);
    }
  }

  @Override
  public void scale(MemorySegment to, long toIndex, int count, float factor) {
    for (int i = 0; i < count; i++) {
      set(to, toIndex, i, get(to, toIndex, i) * factor);
    }
  }

  @Override
  public void clamp(MemorySegment to, long toIndex, int count, float low, float high) {
    for (int i = 0; i < count; i++) {
      set(to, toIndex, i, Math.min(Math.max(get(to, toIndex, i), low), high));
    }
  }

  @Override
  public void leaky(MemorySegment to, long toIndex, int count, float slope) {
    for (int i = 0; i < count; i++) {
      float x = get(to, toIndex, i);
      set(to, toIndex, i, x < 0 ? slope * x : x);
    }
  }

  @Override
  public boolean isFinite(MemorySegment from, long fromIndex, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += get(from, fromIndex, i) * 0;
    }
    return sum == 0;
  }

  private static float get(MemorySegment from, long fromIndex, int index) {
    return from.get(JAVA_FLOAT_UNALIGNED, (fromIndex + index) * BYTES);
  }

  private static void set(MemorySegment to, long toIndex, int index, float value) {
    to.set(JAVA_FLOAT_UNALIGNED, (toIndex + index) * BYTES, value);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/** {@link FloatVectorSegmentRows}, and until they are fast {@link FloatScalarSegmentRows}. */
final class FloatStartingSegmentRows implements FloatSegmentRows {
  private final Starting<FloatSegmentRows> starting =
      new Starting<>(FloatVectorSegmentRows.class, SCALAR);

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
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.copyBlock(from, fromIndex, fromLd, to, toOffset, toLd, rows, columns);
    starting.ran(form, since);
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
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.copyBlock(from, fromOffset, fromLd, to, toIndex, toLd, rows, columns);
    starting.ran(form, since);
  }

  @Override
  public void copyDense(
      MemorySegment from,
      long fromIndex,
      long blockLd,
      long fromLd,
      float[] to,
      int toOffset,
      int rows,
      int blocks,
      int columns) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.copyDense(from, fromIndex, blockLd, fromLd, to, toOffset, rows, blocks, columns);
    starting.ran(form, since);
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
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.addBlock(from, fromOffset, fromLd, to, toIndex, toLd, rows, columns);
    starting.ran(form, since);
  }

  @Override
  public void add(float[] from, int fromOffset, MemorySegment to, long toIndex, int count) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.add(from, fromOffset, to, toIndex, count);
    starting.ran(form, since);
  }

  @Override
  public void add(MemorySegment from, long fromIndex, float[] to, int toOffset, int count) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.add(from, fromIndex, to, toOffset, count);
    starting.ran(form, since);
  }

  @Override
  public void add(MemorySegment from, long fromIndex, MemorySegment to, long toIndex, int count) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.add(from, fromIndex, to, toIndex, count);
    starting.ran(form, since);
  }

  @Override
  public void fill(MemorySegment to, long toIndex, int count, float value) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.fill(to, toIndex, count, value);
    starting.ran(form, since);
  }

  @Override
  public void scale(MemorySegment to, long toIndex, int count, float factor) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.scale(to, toIndex, count, factor);
    starting.ran(form, since);
  }

  @Override
  public void clamp(MemorySegment to, long toIndex, int count, float low, float high) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.clamp(to, toIndex, count, low, high);
    starting.ran(form, since);
  }

  @Override
  public void leaky(MemorySegment to, long toIndex, int count, float slope) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    form.leaky(to, toIndex, count, slope);
    starting.ran(form, since);
  }

  @Override
  public boolean isFinite(MemorySegment from, long fromIndex, int count) {
    FloatSegmentRows form = starting.kernel();
    long since = starting.clock(form);
    boolean result = form.isFinite(from, fromIndex, count);
    starting.ran(form, since);
    return result;
  }
}

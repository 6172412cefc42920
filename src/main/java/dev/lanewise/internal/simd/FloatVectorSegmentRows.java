// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link FloatSegmentRows} on the vector unit. All offsets are longs from a long base: with one of
 * ints C2 leaves a check in each access (JDK 25).
 */
final class FloatVectorSegmentRows implements FloatSegmentRows {
  private static final long BYTES = Float.BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Longer rows are worth a call each. */
  private static final int LONGEST = 4 * LENGTH;

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
    if (columns < LENGTH || columns > LONGEST) {
      SCALAR.copyBlock(from, fromIndex, fromLd, to, toOffset, toLd, rows, columns);
      return;
    }
    if (columns == 4 * LENGTH) {
      // The width of a micropanel of B, which is written in order.
      for (int r = 0; r < rows; r++) {
        long source = fromIndex + r * fromLd;
        int target = toOffset + r * toLd;
        load(from, source, 0).intoArray(to, target);
        load(from, source, LENGTH).intoArray(to, target + LENGTH);
        load(from, source, 2 * LENGTH).intoArray(to, target + 2 * LENGTH);
        load(from, source, 3 * LENGTH).intoArray(to, target + 3 * LENGTH);
      }
      return;
    }
    if (columns == LENGTH) {
      for (int r = 0; r < rows; r++) {
        load(from, fromIndex + r * fromLd, 0).intoArray(to, toOffset + r * toLd);
      }
      return;
    }
    // As in FloatVectorStrips: one loop along all rows, two vectors at a time.
    int last = columns - LENGTH;
    int pairs = Math.ceilDiv(columns, 2 * LENGTH);
    long source = fromIndex;
    int target = toOffset;
    int pair = 0;
    for (int n = 0; n < rows * pairs; n++) {
      int i = Math.min(2 * pair * LENGTH, last);
      int j = Math.min(i + LENGTH, last);
      FloatVector first = load(from, source, i);
      FloatVector second = load(from, source, j);
      first.intoArray(to, target + i);
      second.intoArray(to, target + j);
      pair++;
      if (pair == pairs) {
        pair = 0;
        source += fromLd;
        target += toLd;
      }
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
    if (columns < LENGTH || columns > LONGEST) {
      SCALAR.copyBlock(from, fromOffset, fromLd, to, toIndex, toLd, rows, columns);
      return;
    }
    int last = columns - LENGTH;
    if (columns <= 2 * LENGTH) {
      // Vectors overlap in a row that is shorter than all of them.
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + r * fromLd;
        long target = toIndex + r * toLd;
        store(load(from, source), to, target, 0);
        store(load(from, source + last), to, target, last);
      }
      return;
    }
    int third = Math.min(2 * LENGTH, last);
    for (int r = 0; r < rows; r++) {
      int source = fromOffset + r * fromLd;
      long target = toIndex + r * toLd;
      store(load(from, source), to, target, 0);
      store(load(from, source + LENGTH), to, target, LENGTH);
      store(load(from, source + third), to, target, third);
      store(load(from, source + last), to, target, last);
    }
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
    // Whole vectors are read, and the segment may end before the last one does.
    long readable =
        from.byteSize() / BYTES - fromIndex - (blocks - 1) * blockLd - (rows - 1) * fromLd;
    int end = toOffset + rows * blocks * columns;
    if (columns <= LENGTH && LENGTH <= readable) {
      copyVectors(from, fromIndex, blockLd, fromLd, to, toOffset, end, blocks, columns);
    } else if (columns <= 2 * LENGTH && 2 * LENGTH <= readable) {
      copyPairs(from, fromIndex, blockLd, fromLd, to, toOffset, end, blocks, columns);
    } else {
      FloatSegmentRows.super.copyDense(
          from, fromIndex, blockLd, fromLd, to, toOffset, rows, blocks, columns);
    }
  }

  /** What is too much of a vector, the next one overwrites. One loop: a nested one is too short. */
  private static void copyVectors(
      MemorySegment from,
      long fromIndex,
      long blockLd,
      long fromLd,
      float[] to,
      int toOffset,
      int end,
      int blocks,
      int columns) {
    long row = fromIndex;
    long source = fromIndex;
    int n = 0;
    for (int at = toOffset; at < end; at += columns) {
      load(from, source, 0).intoArray(to, at);
      source += blockLd;
      if (++n == blocks) {
        n = 0;
        row += fromLd;
        source = row;
      }
    }
  }

  private static void copyPairs(
      MemorySegment from,
      long fromIndex,
      long blockLd,
      long fromLd,
      float[] to,
      int toOffset,
      int end,
      int blocks,
      int columns) {
    long row = fromIndex;
    long source = fromIndex;
    int n = 0;
    for (int at = toOffset; at < end; at += columns) {
      load(from, source, 0).intoArray(to, at);
      load(from, source, LENGTH).intoArray(to, at + LENGTH);
      source += blockLd;
      if (++n == blocks) {
        n = 0;
        row += fromLd;
        source = row;
      }
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
    if (columns < LENGTH || columns > LONGEST) {
      for (int r = 0; r < rows; r++) {
        add(from, fromOffset + r * fromLd, to, toIndex + r * toLd, columns);
      }
      return;
    }
    // Where vectors overlap, they are read before one is written.
    int last = columns - LENGTH;
    if (columns <= 2 * LENGTH) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + r * fromLd;
        long target = toIndex + r * toLd;
        FloatVector sum0 = load(to, target, 0).add(load(from, source));
        FloatVector sum1 = load(to, target, last).add(load(from, source + last));
        store(sum0, to, target, 0);
        store(sum1, to, target, last);
      }
      return;
    }
    int third = Math.min(2 * LENGTH, last);
    for (int r = 0; r < rows; r++) {
      int source = fromOffset + r * fromLd;
      long target = toIndex + r * toLd;
      FloatVector sum0 = load(to, target, 0).add(load(from, source));
      FloatVector sum1 = load(to, target, LENGTH).add(load(from, source + LENGTH));
      FloatVector sum2 = load(to, target, third).add(load(from, source + third));
      FloatVector sum3 = load(to, target, last).add(load(from, source + last));
      store(sum0, to, target, 0);
      store(sum1, to, target, LENGTH);
      store(sum2, to, target, third);
      store(sum3, to, target, last);
    }
  }

  @Override
  public void add(float[] from, int fromOffset, MemorySegment to, long toIndex, int count) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      load(to, toIndex, i)
          .add(FloatVector.fromArray(SPECIES, from, fromOffset + i))
          .intoMemorySegment(to, (toIndex + i) * BYTES, ORDER);
    }
    SCALAR.add(from, fromOffset + i, to, toIndex + i, count - i);
  }

  @Override
  public void add(MemorySegment from, long fromIndex, float[] to, int toOffset, int count) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector.fromArray(SPECIES, to, toOffset + i)
          .add(load(from, fromIndex, i))
          .intoArray(to, toOffset + i);
    }
    SCALAR.add(from, fromIndex + i, to, toOffset + i, count - i);
  }

  @Override
  public void add(MemorySegment from, long fromIndex, MemorySegment to, long toIndex, int count) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      load(to, toIndex, i)
          .add(load(from, fromIndex, i))
          .intoMemorySegment(to, (toIndex + i) * BYTES, ORDER);
    }
    SCALAR.add(from, fromIndex + i, to, toIndex + i, count - i);
  }

  @Override
  public void fill(MemorySegment to, long toIndex, int count, float value) {
    FloatVector values = FloatVector.broadcast(SPECIES, value);
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      values.intoMemorySegment(to, (toIndex + i) * BYTES, ORDER);
    }
    SCALAR.fill(to, toIndex + i, count - i, value);
  }

  @Override
  public void scale(MemorySegment to, long toIndex, int count, float factor) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      load(to, toIndex, i).mul(factor).intoMemorySegment(to, (toIndex + i) * BYTES, ORDER);
    }
    SCALAR.scale(to, toIndex + i, count - i, factor);
  }

  @Override
  public void clamp(MemorySegment to, long toIndex, int count, float low, float high) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      load(to, toIndex, i).max(low).min(high).intoMemorySegment(to, (toIndex + i) * BYTES, ORDER);
    }
    SCALAR.clamp(to, toIndex + i, count - i, low, high);
  }

  @Override
  public void leaky(MemorySegment to, long toIndex, int count, float slope) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector x = load(to, toIndex, i);
      x.mul(slope, x.compare(VectorOperators.LT, 0))
          .intoMemorySegment(to, (toIndex + i) * BYTES, ORDER);
    }
    SCALAR.leaky(to, toIndex + i, count - i, slope);
  }

  @Override
  public boolean isFinite(MemorySegment from, long fromIndex, int count) {
    // A product with 0 is NaN for just those, and NaN stays in the sums.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum = zero;
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      sum = load(from, fromIndex, i).mul(zero).add(sum);
    }
    return sum.reduceLanes(VectorOperators.ADD) == 0
        && SCALAR.isFinite(from, fromIndex + i, count - i);
  }

  private static FloatVector load(MemorySegment from, long fromIndex, int index) {
    return FloatVector.fromMemorySegment(SPECIES, from, (fromIndex + index) * BYTES, ORDER);
  }

  private static FloatVector load(float[] from, int index) {
    return FloatVector.fromArray(SPECIES, from, index);
  }

  private static void store(FloatVector vector, MemorySegment to, long toIndex, int index) {
    vector.intoMemorySegment(to, (toIndex + index) * BYTES, ORDER);
  }
}

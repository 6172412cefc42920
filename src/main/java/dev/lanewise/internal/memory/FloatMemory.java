// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.simd.FloatSegmentRows;
import dev.lanewise.internal.simd.FloatTranspose;
import dev.lanewise.internal.simd.FloatTransposeFromSegment;
import dev.lanewise.internal.simd.FloatTransposeToSegment;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * An operand is a pair (memory, offset): {@code memory} is a {@code float[]} or a {@link
 * MemorySegment}, {@code offset} counts elements. A pair rather than an object, because a call must
 * not allocate; an {@code instanceof} per row, because it costs less than a virtual call and no
 * profile can spoil it.
 */
public final class FloatMemory {
  private static final long BYTES = Float.BYTES;

  /** Elements of a segment, which may have more than an int counts, in one go. */
  private static final int MOST_AT_ONCE = 1 << 30;

  private FloatMemory() {}

  /** Whether threads other than the calling one may use the memory; also if it is null. */
  public static boolean isShared(Object memory) {
    return !(memory instanceof MemorySegment segment) || segment.isAccessibleBy(Threads.ANOTHER);
  }

  /** Whether the memory lies outside the heap. */
  public static boolean isNative(Object memory) {
    return memory instanceof MemorySegment segment && segment.isNative();
  }

  /** Elements of the memory. */
  public static long length(Object memory) {
    return memory instanceof float[] array
        ? array.length
        : ((MemorySegment) memory).byteSize() / BYTES;
  }

  /** The memory of a segment: its array if it has one that can be indexed, else itself. */
  public static Object of(MemorySegment segment) {
    return isArray(segment) ? segment.heapBase().get() : segment;
  }

  /** The offset that goes with {@link #of}. */
  public static long offset(MemorySegment segment) {
    return isArray(segment) ? segment.address() / BYTES : 0;
  }

  private static boolean isArray(MemorySegment segment) {
    return segment.heapBase().orElse(null) instanceof float[] && segment.address() % BYTES == 0;
  }

  /** {@code memory[index]}. */
  public static float get(Object memory, long index) {
    return memory instanceof float[] array
        ? array[(int) index]
        : ((MemorySegment) memory).get(JAVA_FLOAT_UNALIGNED, index * BYTES);
  }

  /** {@code memory[index] = value}. */
  public static void set(Object memory, long index, float value) {
    if (memory instanceof float[] array) {
      array[(int) index] = value;
    } else {
      ((MemorySegment) memory).set(JAVA_FLOAT_UNALIGNED, index * BYTES, value);
    }
  }

  /** {@code memory[index] += value}. */
  public static void add(Object memory, long index, float value) {
    set(memory, index, get(memory, index) + value);
  }

  /** {@code to[toIndex + i] = from[fromIndex + i]} for i in [0, count). */
  public static void copy(Object from, long fromIndex, Object to, long toIndex, int count) {
    if (from instanceof float[] source) {
      if (to instanceof float[] target) {
        FloatRows.BEST.copy(source, (int) fromIndex, target, (int) toIndex, count);
      } else {
        MemorySegment.copy(
            source,
            (int) fromIndex,
            (MemorySegment) to,
            JAVA_FLOAT_UNALIGNED,
            toIndex * BYTES,
            count);
      }
    } else if (to instanceof float[] target) {
      MemorySegment.copy(
          (MemorySegment) from,
          JAVA_FLOAT_UNALIGNED,
          fromIndex * BYTES,
          target,
          (int) toIndex,
          count);
    } else {
      MemorySegment.copy(
          (MemorySegment) from,
          fromIndex * BYTES,
          (MemorySegment) to,
          toIndex * BYTES,
          count * BYTES);
    }
  }

  /**
   * {@code to[toIndex + r·toLd + i] = from[fromIndex + r·fromLd + i]} for r in [0, rows) and i in
   * [0, columns).
   */
  public static void copyBlock(
      Object from,
      long fromIndex,
      long fromLd,
      float[] to,
      int toIndex,
      int toLd,
      int rows,
      int columns) {
    if (from instanceof float[] source) {
      FloatRows.BEST.copyBlock(
          source, (int) fromIndex, (int) fromLd, to, toIndex, toLd, rows, columns);
    } else {
      if (fromLd == columns && toLd == columns) {
        copy(from, fromIndex, to, toIndex, rows * columns);
        return;
      }
      MemorySegment source = (MemorySegment) from;
      FloatSegmentRows.of(source)
          .copyBlock(source, fromIndex, fromLd, to, toIndex, toLd, rows, columns);
    }
  }

  /** The same the other way. */
  public static void copyBlockTo(
      float[] from,
      int fromIndex,
      int fromLd,
      Object to,
      long toIndex,
      long toLd,
      int rows,
      int columns) {
    if (to instanceof float[] target) {
      FloatRows.BEST.copyBlock(
          from, fromIndex, fromLd, target, (int) toIndex, (int) toLd, rows, columns);
    } else {
      MemorySegment target = (MemorySegment) to;
      FloatSegmentRows.of(target)
          .copyBlock(from, fromIndex, fromLd, target, toIndex, toLd, rows, columns);
    }
  }

  /**
   * {@code to[toIndex + r·toLd + i] += from[fromIndex + r·fromLd + i]} for r in [0, rows) and i in
   * [0, columns).
   */
  public static void addBlockTo(
      float[] from,
      int fromIndex,
      int fromLd,
      Object to,
      long toIndex,
      long toLd,
      int rows,
      int columns) {
    if (to instanceof float[] target) {
      for (int r = 0; r < rows; r++) {
        FloatRows.BEST.add(
            from, fromIndex + r * fromLd, target, (int) (toIndex + r * toLd), columns);
      }
    } else {
      MemorySegment target = (MemorySegment) to;
      FloatSegmentRows.of(target)
          .addBlock(from, fromIndex, fromLd, target, toIndex, toLd, rows, columns);
    }
  }

  /** As {@link FloatRows#copyDense}, with the same slack. */
  public static void copyDense(
      Object from,
      long fromIndex,
      long blockLd,
      long fromLd,
      float[] to,
      int toOffset,
      int rows,
      int blocks,
      int columns) {
    if (from instanceof float[] source) {
      FloatRows.BEST.copyDense(
          source,
          (int) fromIndex,
          (int) blockLd,
          (int) fromLd,
          to,
          toOffset,
          rows,
          blocks,
          columns);
    } else {
      MemorySegment source = (MemorySegment) from;
      FloatSegmentRows.of(source)
          .copyDense(source, fromIndex, blockLd, fromLd, to, toOffset, rows, blocks, columns);
    }
  }

  /** {@code to[toIndex + i] = from[fromIndex + i·stride]} for i in [0, count). */
  public static void gather(
      Object from, long fromIndex, int stride, Object to, long toIndex, int count) {
    if (from instanceof float[] source && to instanceof float[] target) {
      FloatRows.BEST.gather(source, (int) fromIndex, stride, target, (int) toIndex, count);
    } else {
      for (int i = 0; i < count; i++) {
        set(to, toIndex + i, get(from, fromIndex + (long) i * stride));
      }
    }
  }

  /**
   * {@code to[toIndex + i·stride + r] = from[fromIndex + r·ld + i]} for r in [0, rows) and i in [0,
   * count).
   */
  public static void transpose(
      Object from,
      long fromIndex,
      long ld,
      int rows,
      float[] to,
      int toIndex,
      int stride,
      int count) {
    if (from instanceof float[] source) {
      FloatTranspose.BEST.run(source, (int) fromIndex, (int) ld, rows, to, toIndex, stride, count);
      return;
    }
    MemorySegment source = (MemorySegment) from;
    if (!source.isNative()) {
      FloatTransposeFromSegment.SCALAR.run(source, fromIndex, ld, rows, to, toIndex, stride, count);
      return;
    }
    FloatTransposeFromSegment form = FloatTransposeFromSegment.NATIVE.kernel();
    long since = FloatTransposeFromSegment.NATIVE.clock(form);
    form.run(source, fromIndex, ld, rows, to, toIndex, stride, count);
    FloatTransposeFromSegment.NATIVE.ran(form, since);
  }

  /** The same the other way. */
  public static void transposeTo(
      float[] from,
      int fromIndex,
      int ld,
      int rows,
      Object to,
      long toIndex,
      long stride,
      int count) {
    if (to instanceof float[] target) {
      FloatTranspose.BEST.run(
          from, fromIndex, ld, rows, target, (int) toIndex, (int) stride, count);
      return;
    }
    MemorySegment target = (MemorySegment) to;
    if (!target.isNative()) {
      FloatTransposeToSegment.SCALAR.run(from, fromIndex, ld, rows, target, toIndex, stride, count);
      return;
    }
    FloatTransposeToSegment form = FloatTransposeToSegment.NATIVE.kernel();
    long since = FloatTransposeToSegment.NATIVE.clock(form);
    form.run(from, fromIndex, ld, rows, target, toIndex, stride, count);
    FloatTransposeToSegment.NATIVE.ran(form, since);
  }

  /** {@code to[toIndex + i] += from[fromIndex + i]} for i in [0, count). */
  public static void add(Object from, long fromIndex, Object to, long toIndex, int count) {
    if (from instanceof float[] source) {
      if (to instanceof float[] target) {
        FloatRows.BEST.add(source, (int) fromIndex, target, (int) toIndex, count);
      } else {
        MemorySegment target = (MemorySegment) to;
        FloatSegmentRows.of(target).add(source, (int) fromIndex, target, toIndex, count);
      }
    } else {
      MemorySegment source = (MemorySegment) from;
      if (to instanceof float[] target) {
        FloatSegmentRows.of(source).add(source, fromIndex, target, (int) toIndex, count);
      } else {
        MemorySegment target = (MemorySegment) to;
        FloatSegmentRows.of(source, target).add(source, fromIndex, target, toIndex, count);
      }
    }
  }

  /** {@code to[toIndex + i·stride] += from[fromIndex + i]} for i in [0, count). */
  public static void scatterAdd(
      Object from, long fromIndex, Object to, long toIndex, int stride, int count) {
    if (from instanceof float[] source && to instanceof float[] target) {
      FloatRows.BEST.scatterAdd(source, (int) fromIndex, target, (int) toIndex, stride, count);
    } else {
      for (int i = 0; i < count; i++) {
        add(to, toIndex + (long) i * stride, get(from, fromIndex + i));
      }
    }
  }

  /** {@code memory[index + i] = value} for i in [0, count). */
  public static void fill(Object memory, long index, long count, float value) {
    if (memory instanceof float[] array) {
      Arrays.fill(array, (int) index, (int) (index + count), value);
    } else {
      MemorySegment segment = (MemorySegment) memory;
      for (long done = 0; done < count; done += MOST_AT_ONCE) {
        int stretch = (int) Math.min(count - done, MOST_AT_ONCE);
        FloatSegmentRows.of(segment).fill(segment, index + done, stretch, value);
      }
    }
  }

  /** {@code memory[index + i] *= factor}; a factor of 0 overwrites, NaN included. */
  public static void scale(Object memory, long index, long count, float factor) {
    if (factor == 1) {
      return;
    }
    if (factor == 0) {
      fill(memory, index, count, 0);
    } else if (memory instanceof float[] array) {
      int end = (int) (index + count);
      for (int i = (int) index; i < end; i++) {
        array[i] *= factor;
      }
    } else {
      MemorySegment segment = (MemorySegment) memory;
      for (long done = 0; done < count; done += MOST_AT_ONCE) {
        int stretch = (int) Math.min(count - done, MOST_AT_ONCE);
        FloatSegmentRows.of(segment).scale(segment, index + done, stretch, factor);
      }
    }
  }

  /** Σ memory[index + i] for i in [0, count): the same bits for an array and a segment. */
  public static float sum(Object memory, long index, int count) {
    return memory instanceof float[] array
        ? FloatRows.BEST.sum(array, (int) index, count)
        : FloatRows.BEST.sum((MemorySegment) memory, index * BYTES, count);
  }

  /** Whether none of memory[index + i], i in [0, count), is infinite or NaN. */
  public static boolean isFinite(Object memory, long index, long count) {
    if (memory instanceof float[] array) {
      return FloatRows.BEST.isFinite(array, (int) index, (int) count);
    }
    MemorySegment segment = (MemorySegment) memory;
    boolean finite = true;
    for (long done = 0; finite && done < count; done += MOST_AT_ONCE) {
      int stretch = (int) Math.min(count - done, MOST_AT_ONCE);
      finite = FloatSegmentRows.of(segment).isFinite(segment, index + done, stretch);
    }
    return finite;
  }

  /** {@code memory[index + i] = min(max(memory[index + i], low), high)} for i in [0, count). */
  public static void clamp(Object memory, long index, int count, float low, float high) {
    if (memory instanceof float[] array) {
      FloatRows.BEST.clamp(array, (int) index, count, low, high);
    } else {
      MemorySegment segment = (MemorySegment) memory;
      FloatSegmentRows.of(segment).clamp(segment, index, count, low, high);
    }
  }

  /** {@code memory[index + i] *= slope} where it is below 0, for i in [0, count). */
  public static void leaky(Object memory, long index, int count, float slope) {
    if (memory instanceof float[] array) {
      FloatRows.BEST.leaky(array, (int) index, count, slope);
    } else {
      MemorySegment segment = (MemorySegment) memory;
      FloatSegmentRows.of(segment).leaky(segment, index, count, slope);
    }
  }

  /** A class of its own: a program without segments never loads it. */
  private static final class Threads {
    /** Stands for every thread but the one that asks; never started. */
    static final Thread ANOTHER = Thread.ofPlatform().unstarted(() -> {});
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link FloatRows} on the vector unit. Rows of an image are a few vectors long, so the last,
 * partial vector decides the speed: a sum ends in a masked one where there are masks, unless that
 * reaches behind the array's end: what then checks the mask makes another one, which C2 (JDK 25)
 * leaves on the heap. Plain rows are left to arraycopy, which a loop here matched in some JVMs and
 * took three times as long as in others.
 */
final class FloatVectorRows implements FloatRows {
  private static final FloatStrips STRIPS = new FloatVectorStrips();

  /** From two neighbouring vectors, the elements at even indices: first half, second half. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, i -> 2 * i % LENGTH);

  /** The same for odd indices. */
  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(SPECIES, i -> 2 * i % LENGTH + 1);

  private static final VectorMask<Float> SECOND_HALF =
      VectorMask.fromLong(SPECIES, -1L << (LENGTH / 2));

  /** Spreads the first and the second half of a vector over the even lanes of a whole one. */
  private static final VectorShuffle<Float> SPREAD_FIRST =
      VectorShuffle.fromOp(SPECIES, i -> i / 2);

  private static final VectorShuffle<Float> SPREAD_SECOND =
      VectorShuffle.fromOp(SPECIES, i -> LENGTH / 2 + i / 2);

  private static final VectorMask<Float> EVEN_LANES =
      VectorMask.fromLong(SPECIES, 0x5555_5555_5555_5555L);

  /** From each lane the one so many further on, around the end. */
  private static final VectorShuffle<Float> EIGHT_ON = VectorShuffle.iota(SPECIES, 8, 1, true);

  private static final VectorShuffle<Float> FOUR_ON = VectorShuffle.iota(SPECIES, 4, 1, true);
  private static final VectorShuffle<Float> TWO_ON = VectorShuffle.iota(SPECIES, 2, 1, true);

  @Override
  public void copy(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    System.arraycopy(from, fromOffset, to, toOffset, count);
  }

  @Override
  public void copyBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns) {
    // The widths of a micropanel of B: too short for a call per row.
    if (columns == 4 * LENGTH) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + r * fromLd;
        int target = toOffset + r * toLd;
        FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
        FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
        FloatVector.fromArray(SPECIES, from, source + 2 * LENGTH)
            .intoArray(to, target + 2 * LENGTH);
        FloatVector.fromArray(SPECIES, from, source + 3 * LENGTH)
            .intoArray(to, target + 3 * LENGTH);
      }
    } else if (columns == 2 * LENGTH) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + r * fromLd;
        int target = toOffset + r * toLd;
        FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
        FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
      }
    } else {
      for (int r = 0; r < rows; r++) {
        copy(from, fromOffset + r * fromLd, to, toOffset + r * toLd, columns);
      }
    }
  }

  @Override
  public void copyPanels(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int panels,
      int columns) {
    int panel = rows * columns;
    if (columns == 4 * LENGTH) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + r * fromLd;
        int target = toOffset + r * columns;
        for (int n = 0; n < panels; n++) {
          FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
          FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
          FloatVector.fromArray(SPECIES, from, source + 2 * LENGTH)
              .intoArray(to, target + 2 * LENGTH);
          FloatVector.fromArray(SPECIES, from, source + 3 * LENGTH)
              .intoArray(to, target + 3 * LENGTH);
          source += columns;
          target += panel;
        }
      }
    } else if (columns == 2 * LENGTH) {
      int together = panels / 4 * 4;
      for (int n = 0; n < together; n += 4) {
        copyFour(from, fromOffset + n * columns, fromLd, to, toOffset + n * panel, rows);
      }
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + together * columns + r * fromLd;
        int target = toOffset + together * panel + r * columns;
        for (int n = together; n < panels; n++) {
          FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
          FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
          source += columns;
          target += panel;
        }
      }
    } else {
      for (int n = 0; n < panels; n++) {
        copyBlock(
            from,
            fromOffset + n * columns,
            fromLd,
            to,
            toOffset + n * panel,
            columns,
            rows,
            columns);
      }
    }
  }

  /**
   * Four panels of two vectors: a source from far caches is copied in 0.8 times the time that a
   * loop over the panels of each row takes (Zen 5).
   */
  private static void copyFour(
      float[] from, int fromOffset, int fromLd, float[] to, int toOffset, int rows) {
    int panel = rows * 2 * LENGTH;
    for (int r = 0; r < rows; r++) {
      int source = fromOffset + r * fromLd;
      int target = toOffset + r * 2 * LENGTH;
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
      FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
      source += 2 * LENGTH;
      target += panel;
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
      FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
      source += 2 * LENGTH;
      target += panel;
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
      FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
      source += 2 * LENGTH;
      target += panel;
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, target);
      FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, target + LENGTH);
    }
  }

  @Override
  public void copyDense(
      float[] from,
      int fromOffset,
      int blockLd,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int blocks,
      int columns) {
    int last = fromOffset + (blocks - 1) * blockLd + (rows - 1) * fromLd;
    int end = toOffset + rows * blocks * columns;
    if (columns <= LENGTH && last + LENGTH <= from.length) {
      copyVectors(from, fromOffset, blockLd, fromLd, to, toOffset, end, blocks, columns);
    } else if (columns <= 2 * LENGTH && last + 2 * LENGTH <= from.length) {
      copyPairs(from, fromOffset, blockLd, fromLd, to, toOffset, end, blocks, columns);
    } else {
      for (int r = 0; r < rows; r++) {
        for (int n = 0; n < blocks; n++) {
          int source = fromOffset + n * blockLd + r * fromLd;
          copy(from, source, to, toOffset + (r * blocks + n) * columns, columns);
        }
      }
    }
  }

  /** What is too much of a vector, the next one overwrites. One loop: a nested one is too short. */
  private static void copyVectors(
      float[] from,
      int fromOffset,
      int blockLd,
      int fromLd,
      float[] to,
      int toOffset,
      int end,
      int blocks,
      int columns) {
    int row = fromOffset;
    int source = fromOffset;
    int n = 0;
    for (int at = toOffset; at < end; at += columns) {
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, at);
      source += blockLd;
      if (++n == blocks) {
        n = 0;
        row += fromLd;
        source = row;
      }
    }
  }

  private static void copyPairs(
      float[] from,
      int fromOffset,
      int blockLd,
      int fromLd,
      float[] to,
      int toOffset,
      int end,
      int blocks,
      int columns) {
    int row = fromOffset;
    int source = fromOffset;
    int n = 0;
    for (int at = toOffset; at < end; at += columns) {
      FloatVector.fromArray(SPECIES, from, source).intoArray(to, at);
      FloatVector.fromArray(SPECIES, from, source + LENGTH).intoArray(to, at + LENGTH);
      source += blockLd;
      if (++n == blocks) {
        n = 0;
        row += fromLd;
        source = row;
      }
    }
  }

  @Override
  public int slack() {
    return LENGTH - 1;
  }

  @Override
  public void gather(
      float[] from, int fromOffset, int stride, float[] to, int toOffset, int count) {
    int i = 0;
    if (stride == 2) {
      // Strictly less: the second load ends one element behind the last one taken.
      for (; i + LENGTH < count; i += LENGTH) {
        FloatVector first = FloatVector.fromArray(SPECIES, from, fromOffset + 2 * i);
        FloatVector second = FloatVector.fromArray(SPECIES, from, fromOffset + 2 * i + LENGTH);
        first
            .rearrange(EVEN)
            .blend(second.rearrange(EVEN), SECOND_HALF)
            .intoArray(to, toOffset + i);
      }
      if (i > 0) {
        // The last ones overlap those before; the loads begin one element early and end in time.
        i = count - LENGTH;
        FloatVector first = FloatVector.fromArray(SPECIES, from, fromOffset + 2 * i - 1);
        FloatVector second = FloatVector.fromArray(SPECIES, from, fromOffset + 2 * i - 1 + LENGTH);
        first.rearrange(ODD).blend(second.rearrange(ODD), SECOND_HALF).intoArray(to, toOffset + i);
        return;
      }
    }
    for (; i < count; i++) {
      to[toOffset + i] = from[fromOffset + i * stride];
    }
  }

  @Override
  public void gatherBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      int stride,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns) {
    STRIPS.gather(from, fromOffset, 0, fromLd, stride, to, toOffset, 0, toLd, 1, rows, columns);
  }

  @Override
  public void add(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector.fromArray(SPECIES, to, toOffset + i)
          .add(FloatVector.fromArray(SPECIES, from, fromOffset + i))
          .intoArray(to, toOffset + i);
    }
    if (i < count
        && Machine.MASKED_MEMORY
        && fromOffset + i + LENGTH <= from.length
        && toOffset + i + LENGTH <= to.length) {
      addTail(from, fromOffset + i, to, toOffset + i, count - i);
    } else {
      for (; i < count; i++) {
        to[toOffset + i] += from[fromOffset + i];
      }
    }
  }

  private static void addTail(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    VectorMask<Float> tail = SPECIES.indexInRange(0, count);
    FloatVector.fromArray(SPECIES, to, toOffset, tail)
        .add(FloatVector.fromArray(SPECIES, from, fromOffset, tail))
        .intoArray(to, toOffset, tail);
  }

  @Override
  public void addProducts(
      float[] a, int aOffset, float[] b, int bOffset, float[] to, int toOffset, int count) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector.fromArray(SPECIES, a, aOffset + i)
          .mul(FloatVector.fromArray(SPECIES, b, bOffset + i))
          .add(FloatVector.fromArray(SPECIES, to, toOffset + i))
          .intoArray(to, toOffset + i);
    }
    for (; i < count; i++) {
      to[toOffset + i] += a[aOffset + i] * b[bOffset + i];
    }
  }

  @Override
  public float sum(float[] from, int offset, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum0 = zero;
    FloatVector sum1 = zero;
    FloatVector sum2 = zero;
    FloatVector sum3 = zero;
    int i = 0;
    for (; i + 4 * LENGTH <= count; i += 4 * LENGTH) {
      sum0 = sum0.add(FloatVector.fromArray(SPECIES, from, offset + i));
      sum1 = sum1.add(FloatVector.fromArray(SPECIES, from, offset + i + LENGTH));
      sum2 = sum2.add(FloatVector.fromArray(SPECIES, from, offset + i + 2 * LENGTH));
      sum3 = sum3.add(FloatVector.fromArray(SPECIES, from, offset + i + 3 * LENGTH));
    }
    for (; i + LENGTH <= count; i += LENGTH) {
      sum0 = sum0.add(FloatVector.fromArray(SPECIES, from, offset + i));
    }
    float sum = sumOfLanes(sum0.add(sum1).add(sum2.add(sum3)));
    for (; i < count; i++) {
      sum += from[offset + i];
    }
    return sum;
  }

  @Override
  public float sum(MemorySegment from, long byteOffset, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum0 = zero;
    FloatVector sum1 = zero;
    FloatVector sum2 = zero;
    FloatVector sum3 = zero;
    int i = 0;
    for (; i + 4 * LENGTH <= count; i += 4 * LENGTH) {
      sum0 = sum0.add(load(from, byteOffset, i));
      sum1 = sum1.add(load(from, byteOffset, i + LENGTH));
      sum2 = sum2.add(load(from, byteOffset, i + 2 * LENGTH));
      sum3 = sum3.add(load(from, byteOffset, i + 3 * LENGTH));
    }
    for (; i + LENGTH <= count; i += LENGTH) {
      sum0 = sum0.add(load(from, byteOffset, i));
    }
    float sum = sumOfLanes(sum0.add(sum1).add(sum2.add(sum3)));
    for (; i < count; i++) {
      sum += from.get(JAVA_FLOAT_UNALIGNED, byteOffset + (long) i * Float.BYTES);
    }
    return sum;
  }

  private static FloatVector load(MemorySegment from, long byteOffset, int index) {
    return FloatVector.fromMemorySegment(
        SPECIES, from, byteOffset + (long) index * Float.BYTES, ByteOrder.nativeOrder());
  }

  @Override
  public void dots(
      float[] a,
      int aOffset,
      int lda,
      int rows,
      float[] b,
      int bOffset,
      int count,
      float[] to,
      int toOffset) {
    for (int r = 0; r < rows; r++) {
      to[toOffset + r] = dot(a, aOffset + r * lda, b, bOffset, count);
    }
  }

  private static float dot(float[] a, int aOffset, float[] b, int bOffset, int count) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum0 = zero;
    FloatVector sum1 = zero;
    FloatVector sum2 = zero;
    FloatVector sum3 = zero;
    int i = 0;
    for (; i + 4 * LENGTH <= count; i += 4 * LENGTH) {
      int x = aOffset + i;
      int y = bOffset + i;
      sum0 = multiplyAdd(a, x, b, y, sum0);
      sum1 = multiplyAdd(a, x + LENGTH, b, y + LENGTH, sum1);
      sum2 = multiplyAdd(a, x + 2 * LENGTH, b, y + 2 * LENGTH, sum2);
      sum3 = multiplyAdd(a, x + 3 * LENGTH, b, y + 3 * LENGTH, sum3);
    }
    for (; i + LENGTH <= count; i += LENGTH) {
      sum0 = multiplyAdd(a, aOffset + i, b, bOffset + i, sum0);
    }
    float sum = sumOfLanes(sum0.add(sum1).add(sum2.add(sum3)));
    for (; i < count; i++) {
      float x = a[aOffset + i];
      float y = b[bOffset + i];
      sum = Machine.FMA ? Math.fma(x, y, sum) : x * y + sum;
    }
    return sum;
  }

  private static FloatVector multiplyAdd(float[] a, int x, float[] b, int y, FloatVector sum) {
    FloatVector u = FloatVector.fromArray(SPECIES, a, x);
    FloatVector v = FloatVector.fromArray(SPECIES, b, y);
    return Machine.FMA ? u.fma(v, sum) : u.mul(v).add(sum);
  }

  /** Halving; the order of reduceLanes is not specified, and not the same in the interpreter. */
  private static float sumOfLanes(FloatVector v) {
    FloatVector sum = v;
    if (LENGTH > 8) {
      sum = sum.add(sum.rearrange(EIGHT_ON));
    }
    if (LENGTH > 4) {
      sum = sum.add(sum.rearrange(FOUR_ON));
    }
    if (LENGTH > 2) {
      sum = sum.add(sum.rearrange(TWO_ON));
    }
    return sum.lane(0) + sum.lane(1);
  }

  @Override
  public void scatterAdd(
      float[] from, int fromOffset, float[] to, int toOffset, int stride, int count) {
    int i = 0;
    if (stride == 2) {
      // Strictly less: the second store ends one element behind the last one added to.
      for (; i + LENGTH < count; i += LENGTH) {
        FloatVector sum = FloatVector.fromArray(SPECIES, from, fromOffset + i);
        int first = toOffset + 2 * i;
        int second = first + LENGTH;
        FloatVector.fromArray(SPECIES, to, first)
            .add(sum.rearrange(SPREAD_FIRST), EVEN_LANES)
            .intoArray(to, first);
        FloatVector.fromArray(SPECIES, to, second)
            .add(sum.rearrange(SPREAD_SECOND), EVEN_LANES)
            .intoArray(to, second);
      }
    }
    for (; i < count; i++) {
      to[toOffset + i * stride] += from[fromOffset + i];
    }
  }

  @Override
  public void clamp(float[] to, int offset, int count, float low, float high) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector.fromArray(SPECIES, to, offset + i).max(low).min(high).intoArray(to, offset + i);
    }
    for (; i < count; i++) {
      to[offset + i] = Math.min(Math.max(to[offset + i], low), high);
    }
  }

  @Override
  public void leaky(float[] to, int offset, int count, float slope) {
    int i = 0;
    for (; i + LENGTH <= count; i += LENGTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, to, offset + i);
      x.mul(slope, x.compare(VectorOperators.LT, 0)).intoArray(to, offset + i);
    }
    for (; i < count; i++) {
      float x = to[offset + i];
      to[offset + i] = x < 0 ? slope * x : x;
    }
  }

  @Override
  public boolean isFinite(float[] from, int offset, int count) {
    // A product with 0 is NaN for just those, and NaN stays in the sums.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector sum0 = zero;
    FloatVector sum1 = zero;
    int i = 0;
    for (; i + 2 * LENGTH <= count; i += 2 * LENGTH) {
      sum0 = FloatVector.fromArray(SPECIES, from, offset + i).mul(zero).add(sum0);
      sum1 = FloatVector.fromArray(SPECIES, from, offset + i + LENGTH).mul(zero).add(sum1);
    }
    float sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < count; i++) {
      sum += from[offset + i] * 0;
    }
    return sum == 0;
  }
}

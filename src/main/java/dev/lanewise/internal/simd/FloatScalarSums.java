// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * Sums in the order in which vectors of some lanes add them up: four vectors by turns as long as
 * there are four, then the first alone; these together; their lanes, halving; then what is left.
 */
final class FloatScalarSums {
  private static final int TURNS = 4;

  private final int lanes;

  /** Of a power of two of lanes. */
  FloatScalarSums(int lanes) {
    this.lanes = lanes;
  }

  /**
   * Σ a[i] · b[i] for i in [0, count), or Σ a[i].
   *
   * @param a {@code float[]}, or a segment and then {@code aOffset} counts bytes
   * @param b null: ones
   */
  float sum(Object a, long aOffset, float[] b, int bOffset, int count) {
    int whole = count - count % lanes;
    float sum = halves(a, aOffset, b, bOffset, whole, 0, 1);
    for (int i = whole; i < count; i++) {
      sum = add(a, aOffset, b, bOffset, i, sum);
    }
    return sum;
  }

  /** Of the lanes {@code lane}, {@code lane + apart} and so on. */
  private float halves(
      Object a, long aOffset, float[] b, int bOffset, int count, int lane, int apart) {
    return apart == lanes
        ? turns(a, aOffset, b, bOffset, count, lane)
        : halves(a, aOffset, b, bOffset, count, lane, 2 * apart)
            + halves(a, aOffset, b, bOffset, count, lane + apart, 2 * apart);
  }

  /** Of one lane of all vectors. */
  private float turns(Object a, long aOffset, float[] b, int bOffset, int count, int lane) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = lane;
    for (; i + (TURNS - 1) * lanes < count; i += TURNS * lanes) {
      sum0 = add(a, aOffset, b, bOffset, i, sum0);
      sum1 = add(a, aOffset, b, bOffset, i + lanes, sum1);
      sum2 = add(a, aOffset, b, bOffset, i + 2 * lanes, sum2);
      sum3 = add(a, aOffset, b, bOffset, i + 3 * lanes, sum3);
    }
    for (; i < count; i += lanes) {
      sum0 = add(a, aOffset, b, bOffset, i, sum0);
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static float add(Object a, long aOffset, float[] b, int bOffset, int i, float sum) {
    float x =
        a instanceof float[] array
            ? array[(int) aOffset + i]
            : ((MemorySegment) a).get(JAVA_FLOAT_UNALIGNED, aOffset + (long) i * Float.BYTES);
    if (b == null) {
      return sum + x;
    }
    float y = b[bOffset + i];
    return Machine.FMA ? Math.fma(x, y, sum) : x * y + sum;
  }
}

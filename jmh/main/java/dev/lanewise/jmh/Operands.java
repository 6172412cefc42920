// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import java.util.SplittableRandom;

/**
 * Arrays of small whole numbers. Every sum of their products that the benchmarks form stays below
 * 2²⁴ and is exact in any order, so that results can be compared with {@code ==}; no kernel's speed
 * depends on the values.
 */
public final class Operands {
  private static final int LARGEST = 3;

  private final SplittableRandom random = new SplittableRandom(20261122);

  public float[] next(long elements) {
    float[] values = new float[Math.toIntExact(elements)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-LARGEST, LARGEST + 1);
    }
    return values;
  }
}

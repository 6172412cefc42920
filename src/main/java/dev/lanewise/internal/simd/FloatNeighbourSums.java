// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Starting;

/**
 * Adds up the lanes of many vectors, each by itself: neighbours first, then sums of neighbours, and
 * so on. Only for machines with vectors.
 */
public interface FloatNeighbourSums extends Starting.Form {
  /** What this machine runs. */
  Starting<FloatNeighbourSums> BEST =
      new Starting<>(
          FloatVectorLaneSums::new, new FloatScalarLaneSums(), FloatNeighbourSums::trial);

  /**
   * {@code vectors[offset + i] = Σ_l vectors[offset + i·LENGTH + l]} for i in [0, count).
   *
   * @param count a multiple of LENGTH; what lies behind as many elements is overwritten
   */
  void run(float[] vectors, int offset, int count);

  @Override
  default int trial() {
    int count = 4 * FloatLanes.LENGTH;
    run(FloatZeros.atLeast(count * FloatLanes.LENGTH), 0, count);
    return 2 * count;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.simd.FloatTranspose;

/** Adds up the lanes of vectors of sums, lane by lane at the same time for all of them. */
final class FloatLaneSums {
  private FloatLaneSums() {}

  /**
   * Adds the sums of {@code filters} × {@code pitch} vectors, of which the first {@code rows} of
   * each filter count, to a gradient of filters × rows.
   *
   * @param byLane scratch of as many elements as the sums
   */
  static void add(
      int filters,
      int rows,
      int pitch,
      int lanes,
      float[] workspace,
      int sums,
      int byLane,
      Object gradient,
      long gradientOffset) {
    int vectors = filters * pitch;
    FloatTranspose.BEST.run(workspace, sums, lanes, vectors, workspace, byLane, vectors, lanes);
    for (int half = lanes / 2; half > 0; half /= 2) {
      FloatRows.BEST.add(workspace, byLane + half * vectors, workspace, byLane, half * vectors);
    }
    for (int f = 0; f < filters; f++) {
      FloatMemory.add(
          workspace, byLane + f * pitch, gradient, gradientOffset + (long) f * rows, rows);
    }
  }
}

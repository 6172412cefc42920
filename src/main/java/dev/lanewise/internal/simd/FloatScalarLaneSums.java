// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;

/** {@link FloatVectorLaneSums} before it is fast. */
final class FloatScalarLaneSums implements FloatNeighbourSums {
  @Override
  public void run(float[] vectors, int offset, int count) {
    for (int i = 0; i < count; i++) {
      int at = offset + i * LENGTH;
      for (int apart = 1; apart < LENGTH; apart *= 2) {
        for (int l = 0; l < LENGTH; l += 2 * apart) {
          vectors[at + l] += vectors[at + l + apart];
        }
      }
      vectors[offset + i] = vectors[at];
    }
  }
}

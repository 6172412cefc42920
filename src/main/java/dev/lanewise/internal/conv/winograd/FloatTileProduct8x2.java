// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FloatTileProduct} for 32 registers: 8·2 accumulators + 8 broadcasts + 2 vectors of U. */
final class FloatTileProduct8x2 implements FloatTileProduct {
  private static final int COLUMNS = 2 * LENGTH;

  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public void multiply(
      int k,
      float[] v,
      int vOffset,
      int blockFloats,
      float[] u,
      int uOffset,
      float[] m,
      int mOffset,
      int tile) {
    // One zero for all, for C1's sake.
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector acc00 = zero;
    FloatVector acc01 = zero;
    FloatVector acc10 = zero;
    FloatVector acc11 = zero;
    FloatVector acc20 = zero;
    FloatVector acc21 = zero;
    FloatVector acc30 = zero;
    FloatVector acc31 = zero;
    FloatVector acc40 = zero;
    FloatVector acc41 = zero;
    FloatVector acc50 = zero;
    FloatVector acc51 = zero;
    FloatVector acc60 = zero;
    FloatVector acc61 = zero;
    FloatVector acc70 = zero;
    FloatVector acc71 = zero;
    int uSecond = uOffset + (k + 1) * LENGTH;
    int c = 0;
    // Two at a time, both in one block of V, for L is even: a core that begins two multiply-adds a
    // cycle, or shares its front end with another thread, has no time for what else a step costs.
    for (; c < k - 1; c += 2) {
      int at = vOffset + c / LENGTH * blockFloats + c % LENGTH;
      FloatVector u0_0 = FloatVector.fromArray(SPECIES, u, uOffset + c * LENGTH);
      FloatVector u1_0 = FloatVector.fromArray(SPECIES, u, uSecond + c * LENGTH);
      FloatVector v0_0 = FloatVector.broadcast(SPECIES, v[at]);
      acc00 = v0_0.fma(u0_0, acc00);
      acc01 = v0_0.fma(u1_0, acc01);
      FloatVector v1_0 = FloatVector.broadcast(SPECIES, v[at + LENGTH]);
      acc10 = v1_0.fma(u0_0, acc10);
      acc11 = v1_0.fma(u1_0, acc11);
      FloatVector v2_0 = FloatVector.broadcast(SPECIES, v[at + 2 * LENGTH]);
      acc20 = v2_0.fma(u0_0, acc20);
      acc21 = v2_0.fma(u1_0, acc21);
      FloatVector v3_0 = FloatVector.broadcast(SPECIES, v[at + 3 * LENGTH]);
      acc30 = v3_0.fma(u0_0, acc30);
      acc31 = v3_0.fma(u1_0, acc31);
      FloatVector v4_0 = FloatVector.broadcast(SPECIES, v[at + 4 * LENGTH]);
      acc40 = v4_0.fma(u0_0, acc40);
      acc41 = v4_0.fma(u1_0, acc41);
      FloatVector v5_0 = FloatVector.broadcast(SPECIES, v[at + 5 * LENGTH]);
      acc50 = v5_0.fma(u0_0, acc50);
      acc51 = v5_0.fma(u1_0, acc51);
      FloatVector v6_0 = FloatVector.broadcast(SPECIES, v[at + 6 * LENGTH]);
      acc60 = v6_0.fma(u0_0, acc60);
      acc61 = v6_0.fma(u1_0, acc61);
      FloatVector v7_0 = FloatVector.broadcast(SPECIES, v[at + 7 * LENGTH]);
      acc70 = v7_0.fma(u0_0, acc70);
      acc71 = v7_0.fma(u1_0, acc71);
      FloatVector u0_1 = FloatVector.fromArray(SPECIES, u, uOffset + c * LENGTH + LENGTH);
      FloatVector u1_1 = FloatVector.fromArray(SPECIES, u, uSecond + c * LENGTH + LENGTH);
      FloatVector v0_1 = FloatVector.broadcast(SPECIES, v[at + 1]);
      acc00 = v0_1.fma(u0_1, acc00);
      acc01 = v0_1.fma(u1_1, acc01);
      FloatVector v1_1 = FloatVector.broadcast(SPECIES, v[at + LENGTH + 1]);
      acc10 = v1_1.fma(u0_1, acc10);
      acc11 = v1_1.fma(u1_1, acc11);
      FloatVector v2_1 = FloatVector.broadcast(SPECIES, v[at + 2 * LENGTH + 1]);
      acc20 = v2_1.fma(u0_1, acc20);
      acc21 = v2_1.fma(u1_1, acc21);
      FloatVector v3_1 = FloatVector.broadcast(SPECIES, v[at + 3 * LENGTH + 1]);
      acc30 = v3_1.fma(u0_1, acc30);
      acc31 = v3_1.fma(u1_1, acc31);
      FloatVector v4_1 = FloatVector.broadcast(SPECIES, v[at + 4 * LENGTH + 1]);
      acc40 = v4_1.fma(u0_1, acc40);
      acc41 = v4_1.fma(u1_1, acc41);
      FloatVector v5_1 = FloatVector.broadcast(SPECIES, v[at + 5 * LENGTH + 1]);
      acc50 = v5_1.fma(u0_1, acc50);
      acc51 = v5_1.fma(u1_1, acc51);
      FloatVector v6_1 = FloatVector.broadcast(SPECIES, v[at + 6 * LENGTH + 1]);
      acc60 = v6_1.fma(u0_1, acc60);
      acc61 = v6_1.fma(u1_1, acc61);
      FloatVector v7_1 = FloatVector.broadcast(SPECIES, v[at + 7 * LENGTH + 1]);
      acc70 = v7_1.fma(u0_1, acc70);
      acc71 = v7_1.fma(u1_1, acc71);
    }
    if (c < k) {
      int at = vOffset + c / LENGTH * blockFloats + c % LENGTH;
      FloatVector u0 = FloatVector.fromArray(SPECIES, u, uOffset + c * LENGTH);
      FloatVector u1 = FloatVector.fromArray(SPECIES, u, uSecond + c * LENGTH);
      FloatVector v0 = FloatVector.broadcast(SPECIES, v[at]);
      acc00 = v0.fma(u0, acc00);
      acc01 = v0.fma(u1, acc01);
      FloatVector v1 = FloatVector.broadcast(SPECIES, v[at + LENGTH]);
      acc10 = v1.fma(u0, acc10);
      acc11 = v1.fma(u1, acc11);
      FloatVector v2 = FloatVector.broadcast(SPECIES, v[at + 2 * LENGTH]);
      acc20 = v2.fma(u0, acc20);
      acc21 = v2.fma(u1, acc21);
      FloatVector v3 = FloatVector.broadcast(SPECIES, v[at + 3 * LENGTH]);
      acc30 = v3.fma(u0, acc30);
      acc31 = v3.fma(u1, acc31);
      FloatVector v4 = FloatVector.broadcast(SPECIES, v[at + 4 * LENGTH]);
      acc40 = v4.fma(u0, acc40);
      acc41 = v4.fma(u1, acc41);
      FloatVector v5 = FloatVector.broadcast(SPECIES, v[at + 5 * LENGTH]);
      acc50 = v5.fma(u0, acc50);
      acc51 = v5.fma(u1, acc51);
      FloatVector v6 = FloatVector.broadcast(SPECIES, v[at + 6 * LENGTH]);
      acc60 = v6.fma(u0, acc60);
      acc61 = v6.fma(u1, acc61);
      FloatVector v7 = FloatVector.broadcast(SPECIES, v[at + 7 * LENGTH]);
      acc70 = v7.fma(u0, acc70);
      acc71 = v7.fma(u1, acc71);
    }
    acc00.intoArray(m, mOffset);
    acc01.intoArray(m, mOffset + LENGTH);
    acc10.intoArray(m, mOffset + tile);
    acc11.intoArray(m, mOffset + tile + LENGTH);
    acc20.intoArray(m, mOffset + 2 * tile);
    acc21.intoArray(m, mOffset + 2 * tile + LENGTH);
    acc30.intoArray(m, mOffset + 3 * tile);
    acc31.intoArray(m, mOffset + 3 * tile + LENGTH);
    acc40.intoArray(m, mOffset + 4 * tile);
    acc41.intoArray(m, mOffset + 4 * tile + LENGTH);
    acc50.intoArray(m, mOffset + 5 * tile);
    acc51.intoArray(m, mOffset + 5 * tile + LENGTH);
    acc60.intoArray(m, mOffset + 6 * tile);
    acc61.intoArray(m, mOffset + 6 * tile + LENGTH);
    acc70.intoArray(m, mOffset + 7 * tile);
    acc71.intoArray(m, mOffset + 7 * tile + LENGTH);
  }
}

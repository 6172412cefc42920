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
    for (int c = 0; c < k; c++) {
      FloatVector u0 = FloatVector.fromArray(SPECIES, u, uOffset + c * LENGTH);
      FloatVector u1 = FloatVector.fromArray(SPECIES, u, uSecond + c * LENGTH);
      int at = vOffset + c / LENGTH * blockFloats + c % LENGTH;
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

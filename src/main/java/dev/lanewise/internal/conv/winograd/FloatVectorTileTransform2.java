// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * F(2, 3) on the points 0, 1, −1 and ∞:
 *
 * <pre>
 *        1  0 −1  0          1    0    0
 *   Bᵀ = 0  1  1  0     G =  1/2  1/2  1/2     Aᵀ = 1  1  1  0
 *        0 −1  1  0          1/2 −1/2  1/2          0  1 −1 −1
 *        0  1  0 −1          0    0    1
 * </pre>
 */
final class FloatVectorTileTransform2 implements FloatTileTransform {
  private static final int M = 2;
  private static final int T = M + 2;

  /** From one place to the next in V. */
  private static final int PLACE = FloatTileProduct.BEST.kernel().rows() * LENGTH;

  /** C: from one place to the next in M, and from one output to the next in Y. */
  private static final int COLUMNS = FloatTileProduct.BEST.kernel().columns();

  private static final int VECTORS = COLUMNS / LENGTH;

  @Override
  public int outputs() {
    return M;
  }

  @Override
  public int lanes() {
    return LENGTH;
  }

  @Override
  public void inputColumns(float[] from, int at, int row, float[] to, int toAt, int count) {
    for (int x = 0; x < count; x++) {
      int f = at + x * LENGTH;
      int t = toAt + x * T * LENGTH;
      FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
      FloatVector d1 = FloatVector.fromArray(SPECIES, from, f + row);
      FloatVector d2 = FloatVector.fromArray(SPECIES, from, f + 2 * row);
      FloatVector d3 = FloatVector.fromArray(SPECIES, from, f + 3 * row);
      d0.sub(d2).intoArray(to, t);
      d1.add(d2).intoArray(to, t + LENGTH);
      d2.sub(d1).intoArray(to, t + 2 * LENGTH);
      d1.sub(d3).intoArray(to, t + 3 * LENGTH);
    }
  }

  @Override
  public void inputRows(float[] from, int at, float[] to, int toAt, int count) {
    for (int q = 0; q < count; q++) {
      for (int i = 0; i < T; i++) {
        int f = at + (q * M * T + i) * LENGTH;
        int t = toAt + q * LENGTH + i * T * PLACE;
        FloatVector d0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector d1 = FloatVector.fromArray(SPECIES, from, f + T * LENGTH);
        FloatVector d2 = FloatVector.fromArray(SPECIES, from, f + 2 * T * LENGTH);
        FloatVector d3 = FloatVector.fromArray(SPECIES, from, f + 3 * T * LENGTH);
        d0.sub(d2).intoArray(to, t);
        d1.add(d2).intoArray(to, t + PLACE);
        d2.sub(d1).intoArray(to, t + 2 * PLACE);
        d1.sub(d3).intoArray(to, t + 3 * PLACE);
      }
    }
  }

  @Override
  public void weight(
      float[] from,
      int at,
      int plane,
      int step,
      float[] to,
      int toAt,
      int toPlane,
      int toStep,
      int count) {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    for (int q = 0; q < count; q++) {
      int f = at + q * step;
      FloatVector g0 = FloatVector.fromArray(SPECIES, from, f);
      FloatVector g1 = FloatVector.fromArray(SPECIES, from, f + plane);
      FloatVector g2 = FloatVector.fromArray(SPECIES, from, f + 2 * plane);
      FloatVector even = g0.add(g2);
      int t = toAt + q * toStep;
      g0.intoArray(to, t);
      even.add(g1).mul(half).intoArray(to, t + toPlane);
      even.sub(g1).mul(half).intoArray(to, t + 2 * toPlane);
      g2.intoArray(to, t + 3 * toPlane);
    }
  }

  @Override
  public void outputColumns(float[] m, int at, int tile, float[] to, int toAt, int count) {
    for (int q = 0; q < count; q++) {
      for (int column = 0; column < T * COLUMNS; column += LENGTH) {
        int f = at + q * tile + column;
        int t = toAt + q * M * T * COLUMNS + column;
        FloatVector m0 = FloatVector.fromArray(SPECIES, m, f);
        FloatVector m1 = FloatVector.fromArray(SPECIES, m, f + T * COLUMNS);
        FloatVector m2 = FloatVector.fromArray(SPECIES, m, f + 2 * T * COLUMNS);
        FloatVector m3 = FloatVector.fromArray(SPECIES, m, f + 3 * T * COLUMNS);
        m0.add(m1).add(m2).intoArray(to, t);
        m1.sub(m2).sub(m3).intoArray(to, t + T * COLUMNS);
      }
    }
  }

  @Override
  public void outputRows(
      float[] from,
      int at,
      float[] addend,
      int addendAt,
      float[] to,
      int toAt,
      int toRow,
      int count) {
    for (int q = count - 1; q >= 0; q--) {
      for (int row = 0; row < M * VECTORS; row++) {
        int i = row / VECTORS;
        int lane = row % VECTORS * LENGTH;
        int f = at + (q * M + i) * T * COLUMNS + lane;
        int t = toAt + i * toRow + q * M * COLUMNS + lane;
        FloatVector m0 = FloatVector.fromArray(SPECIES, from, f);
        FloatVector m1 = FloatVector.fromArray(SPECIES, from, f + COLUMNS);
        FloatVector m2 = FloatVector.fromArray(SPECIES, from, f + 2 * COLUMNS);
        FloatVector m3 = FloatVector.fromArray(SPECIES, from, f + 3 * COLUMNS);
        FloatVector c = FloatVector.fromArray(SPECIES, addend, addendAt + lane);
        m0.add(m1).add(m2).add(c).intoArray(to, t);
        m1.sub(m2).sub(m3).add(c).intoArray(to, t + COLUMNS);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.Machine;
import jdk.incubator.vector.FloatVector;

/**
 * F(4, 3) on the points 0, ±a, ±b and ∞ with a = √½ and b = √2 = 1/a:
 *
 * <pre>
 *        1   0   −5/2  0    1  0           1     0      0
 *        0  −2a  −2    a    1  0         −2/3  −2a/3  −1/3
 *   Bᵀ = 0   2a  −2   −a    1  0     G = −2/3   2a/3  −1/3
 *        0  −b/2 −1/2  b    1  0          1/6    b/6   1/3
 *        0   b/2 −1/2 −b    1  0          1/6   −b/6   1/3
 *        0   1    0   −5/2  0  1           0     0      1
 *
 *        1   1    1    1    1   0
 *   Aᵀ = 0   a   −a    b   −b   0
 *        0  1/2  1/2   2    2   0
 *        0  a/2 −a/2  2b  −2b   1
 * </pre>
 *
 * <p>Points that are reciprocals of each other keep the powers in Aᵀ and Bᵀ small: the worst case
 * of the rounding error is a quarter of that on the usual points 0, ±1, ±2 and ∞, at the same cost
 * (compare Alam, Anderson, Barabasz and Gregg, Winograd Convolution for Deep Neural Networks:
 * Efficient Point Selection, ACM TECS 21(6), 2022).
 */
final class FloatVectorTileTransform4 implements FloatTileTransform {
  private static final int M = 4;
  private static final int T = M + 2;

  /** From one place to the next in V. */
  private static final int PLACE = FloatTileProduct.BEST.kernel().rows() * LENGTH;

  /** C: from one place to the next in M, and from one output to the next in Y. */
  private static final int COLUMNS = FloatTileProduct.BEST.kernel().columns();

  private static final int VECTORS = COLUMNS / LENGTH;

  private static final float A = (float) Math.sqrt(0.5);
  private static final float B = (float) Math.sqrt(2);

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
      FloatVector d4 = FloatVector.fromArray(SPECIES, from, f + 4 * row);
      FloatVector d5 = FloatVector.fromArray(SPECIES, from, f + 5 * row);
      FloatVector evenA = multiplyAdd(d2, -2.0f, d4);
      FloatVector oddA = multiplyAdd(d1, -2.0f, d3).mul(A);
      FloatVector evenB = multiplyAdd(d2, -0.5f, d4);
      FloatVector oddB = multiplyAdd(d1, -0.5f, d3).mul(B);
      multiplyAdd(d2, -2.5f, d0.add(d4)).intoArray(to, t);
      evenA.add(oddA).intoArray(to, t + LENGTH);
      evenA.sub(oddA).intoArray(to, t + 2 * LENGTH);
      evenB.add(oddB).intoArray(to, t + 3 * LENGTH);
      evenB.sub(oddB).intoArray(to, t + 4 * LENGTH);
      multiplyAdd(d3, -2.5f, d1.add(d5)).intoArray(to, t + 5 * LENGTH);
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
        FloatVector d4 = FloatVector.fromArray(SPECIES, from, f + 4 * T * LENGTH);
        FloatVector d5 = FloatVector.fromArray(SPECIES, from, f + 5 * T * LENGTH);
        FloatVector evenA = multiplyAdd(d2, -2.0f, d4);
        FloatVector oddA = multiplyAdd(d1, -2.0f, d3).mul(A);
        FloatVector evenB = multiplyAdd(d2, -0.5f, d4);
        FloatVector oddB = multiplyAdd(d1, -0.5f, d3).mul(B);
        multiplyAdd(d2, -2.5f, d0.add(d4)).intoArray(to, t);
        evenA.add(oddA).intoArray(to, t + PLACE);
        evenA.sub(oddA).intoArray(to, t + 2 * PLACE);
        evenB.add(oddB).intoArray(to, t + 3 * PLACE);
        evenB.sub(oddB).intoArray(to, t + 4 * PLACE);
        multiplyAdd(d3, -2.5f, d1.add(d5)).intoArray(to, t + 5 * PLACE);
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
    for (int q = 0; q < count; q++) {
      int f = at + q * step;
      FloatVector g0 = FloatVector.fromArray(SPECIES, from, f);
      FloatVector g1 = FloatVector.fromArray(SPECIES, from, f + plane);
      FloatVector g2 = FloatVector.fromArray(SPECIES, from, f + 2 * plane);
      FloatVector evenA = multiplyAdd(g2, 0.5f, g0);
      FloatVector oddA = g1.mul(A);
      FloatVector evenB = multiplyAdd(g2, 2.0f, g0);
      FloatVector oddB = g1.mul(B);
      int t = toAt + q * toStep;
      g0.intoArray(to, t);
      evenA.add(oddA).mul(-2.0f / 3).intoArray(to, t + toPlane);
      evenA.sub(oddA).mul(-2.0f / 3).intoArray(to, t + 2 * toPlane);
      evenB.add(oddB).mul(1.0f / 6).intoArray(to, t + 3 * toPlane);
      evenB.sub(oddB).mul(1.0f / 6).intoArray(to, t + 4 * toPlane);
      g2.intoArray(to, t + 5 * toPlane);
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
        FloatVector m4 = FloatVector.fromArray(SPECIES, m, f + 4 * T * COLUMNS);
        FloatVector m5 = FloatVector.fromArray(SPECIES, m, f + 5 * T * COLUMNS);
        FloatVector evenA = m1.add(m2);
        FloatVector oddA = m1.sub(m2).mul(A);
        FloatVector evenB = m3.add(m4);
        FloatVector oddB = m3.sub(m4).mul(B);
        evenA.add(evenB).add(m0).intoArray(to, t);
        oddA.add(oddB).intoArray(to, t + T * COLUMNS);
        multiplyAdd(evenA, 0.5f, evenB.mul(2.0f)).intoArray(to, t + 2 * T * COLUMNS);
        multiplyAdd(oddA, 0.5f, multiplyAdd(oddB, 2.0f, m5)).intoArray(to, t + 3 * T * COLUMNS);
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
        FloatVector m4 = FloatVector.fromArray(SPECIES, from, f + 4 * COLUMNS);
        FloatVector m5 = FloatVector.fromArray(SPECIES, from, f + 5 * COLUMNS);
        FloatVector c = FloatVector.fromArray(SPECIES, addend, addendAt + lane);
        FloatVector evenA = m1.add(m2);
        FloatVector oddA = m1.sub(m2).mul(A);
        FloatVector evenB = m3.add(m4);
        FloatVector oddB = m3.sub(m4).mul(B);
        evenA.add(evenB).add(m0.add(c)).intoArray(to, t);
        oddA.add(oddB).add(c).intoArray(to, t + COLUMNS);
        multiplyAdd(evenA, 0.5f, multiplyAdd(evenB, 2.0f, c)).intoArray(to, t + 2 * COLUMNS);
        multiplyAdd(oddA, 0.5f, multiplyAdd(oddB, 2.0f, m5.add(c))).intoArray(to, t + 3 * COLUMNS);
      }
    }
  }

  /** One instruction where there is one; so small that C2 inlines it wherever it is called. */
  private static FloatVector multiplyAdd(FloatVector x, float factor, FloatVector sum) {
    return Machine.FMA
        ? x.fma(FloatVector.broadcast(SPECIES, factor), sum)
        : x.mul(factor).add(sum);
  }
}

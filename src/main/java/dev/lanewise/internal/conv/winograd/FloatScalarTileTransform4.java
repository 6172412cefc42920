// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.simd.Machine;

/** {@link FloatVectorTileTransform4} in scalars. */
final class FloatScalarTileTransform4 implements FloatTileTransform {
  private static final int M = 4;
  private static final int T = M + 2;

  private static final float A = (float) Math.sqrt(0.5);
  private static final float B = (float) Math.sqrt(2);

  private final int lanes;

  /** From one place to the next in V. */
  private final int place;

  /** C: from one place to the next in M, and from one output to the next in Y. */
  private final int columns = FloatTileProduct.BEST.kernel().columns();

  /** With that L. */
  FloatScalarTileTransform4(int lanes) {
    this.lanes = lanes;
    place = FloatTileProduct.BEST.kernel().rows() * lanes;
  }

  @Override
  public int outputs() {
    return M;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void inputColumns(float[] from, int at, int row, float[] to, int toAt, int count) {
    for (int x = 0; x < count; x++) {
      input(from, at + x * lanes, row, to, toAt + x * T * lanes, lanes);
    }
  }

  @Override
  public void inputRows(float[] from, int at, float[] to, int toAt, int count) {
    for (int q = 0; q < count; q++) {
      int f = at + q * M * T * lanes;
      int t = toAt + q * lanes;
      for (int i = 0; i < T; i++) {
        input(from, f + i * lanes, T * lanes, to, t + i * T * place, place);
      }
    }
  }

  private void input(float[] from, int at, int plane, float[] to, int toAt, int toPlane) {
    for (int lane = 0; lane < lanes; lane++) {
      int f = at + lane;
      int t = toAt + lane;
      float d0 = from[f];
      float d1 = from[f + plane];
      float d2 = from[f + 2 * plane];
      float d3 = from[f + 3 * plane];
      float d4 = from[f + 4 * plane];
      float d5 = from[f + 5 * plane];
      float evenA = multiplyAdd(d2, -2.0f, d4);
      float oddA = multiplyAdd(d1, -2.0f, d3) * A;
      float evenB = multiplyAdd(d2, -0.5f, d4);
      float oddB = multiplyAdd(d1, -0.5f, d3) * B;
      to[t] = multiplyAdd(d2, -2.5f, d0 + d4);
      to[t + toPlane] = evenA + oddA;
      to[t + 2 * toPlane] = evenA - oddA;
      to[t + 3 * toPlane] = evenB + oddB;
      to[t + 4 * toPlane] = evenB - oddB;
      to[t + 5 * toPlane] = multiplyAdd(d3, -2.5f, d1 + d5);
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
      for (int lane = 0; lane < lanes; lane++) {
        int f = at + q * step + lane;
        int t = toAt + q * toStep + lane;
        float g0 = from[f];
        float g1 = from[f + plane];
        float g2 = from[f + 2 * plane];
        float evenA = multiplyAdd(g2, 0.5f, g0);
        float oddA = g1 * A;
        float evenB = multiplyAdd(g2, 2.0f, g0);
        float oddB = g1 * B;
        to[t] = g0;
        to[t + toPlane] = (evenA + oddA) * (-2.0f / 3);
        to[t + 2 * toPlane] = (evenA - oddA) * (-2.0f / 3);
        to[t + 3 * toPlane] = (evenB + oddB) * (1.0f / 6);
        to[t + 4 * toPlane] = (evenB - oddB) * (1.0f / 6);
        to[t + 5 * toPlane] = g2;
      }
    }
  }

  @Override
  public void outputColumns(float[] m, int at, int tile, float[] to, int toAt, int count) {
    for (int q = 0; q < count; q++) {
      for (int column = 0; column < T * columns; column++) {
        int f = at + q * tile + column;
        int t = toAt + q * M * T * columns + column;
        float m0 = m[f];
        float m1 = m[f + T * columns];
        float m2 = m[f + 2 * T * columns];
        float m3 = m[f + 3 * T * columns];
        float m4 = m[f + 4 * T * columns];
        float m5 = m[f + 5 * T * columns];
        float evenA = m1 + m2;
        float oddA = (m1 - m2) * A;
        float evenB = m3 + m4;
        float oddB = (m3 - m4) * B;
        to[t] = evenA + evenB + m0;
        to[t + T * columns] = oddA + oddB;
        to[t + 2 * T * columns] = multiplyAdd(evenA, 0.5f, evenB * 2.0f);
        to[t + 3 * T * columns] = multiplyAdd(oddA, 0.5f, multiplyAdd(oddB, 2.0f, m5));
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
      for (int i = 0; i < M; i++) {
        for (int lane = 0; lane < columns; lane++) {
          int f = at + (q * M + i) * T * columns + lane;
          int t = toAt + i * toRow + q * M * columns + lane;
          float m0 = from[f];
          float m1 = from[f + columns];
          float m2 = from[f + 2 * columns];
          float m3 = from[f + 3 * columns];
          float m4 = from[f + 4 * columns];
          float m5 = from[f + 5 * columns];
          float c = addend[addendAt + lane];
          float evenA = m1 + m2;
          float oddA = (m1 - m2) * A;
          float evenB = m3 + m4;
          float oddB = (m3 - m4) * B;
          to[t] = evenA + evenB + (m0 + c);
          to[t + columns] = oddA + oddB + c;
          to[t + 2 * columns] = multiplyAdd(evenA, 0.5f, multiplyAdd(evenB, 2.0f, c));
          to[t + 3 * columns] = multiplyAdd(oddA, 0.5f, multiplyAdd(oddB, 2.0f, m5 + c));
        }
      }
    }
  }

  /** The arithmetic of the vector kernel of the same machine. */
  private static float multiplyAdd(float x, float factor, float sum) {
    return Machine.FMA ? Math.fma(x, factor, sum) : x * factor + sum;
  }
}

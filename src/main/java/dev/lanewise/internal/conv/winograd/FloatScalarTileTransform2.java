// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

/** {@link FloatVectorTileTransform2} in scalars. */
final class FloatScalarTileTransform2 implements FloatTileTransform {
  private static final int M = 2;
  private static final int T = M + 2;

  private final int lanes;

  /** From one place to the next in V. */
  private final int place;

  /** C: from one place to the next in M, and from one output to the next in Y. */
  private final int columns = FloatTileProduct.BEST.kernel().columns();

  /** With that L. */
  FloatScalarTileTransform2(int lanes) {
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
      to[t] = d0 - d2;
      to[t + toPlane] = d1 + d2;
      to[t + 2 * toPlane] = d2 - d1;
      to[t + 3 * toPlane] = d1 - d3;
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
        float even = g0 + g2;
        to[t] = g0;
        to[t + toPlane] = (even + g1) * 0.5f;
        to[t + 2 * toPlane] = (even - g1) * 0.5f;
        to[t + 3 * toPlane] = g2;
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
        to[t] = m0 + m1 + m2;
        to[t + T * columns] = m1 - m2 - m3;
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
          float c = addend[addendAt + lane];
          to[t] = m0 + m1 + m2 + c;
          to[t + columns] = m1 - m2 - m3 + c;
        }
      }
    }
  }
}

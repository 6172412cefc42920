// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/** {@link FloatRows} without the vector module. */
final class FloatScalarRows implements FloatRows {
  @Override
  public void copy(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    System.arraycopy(from, fromOffset, to, toOffset, count);
  }

  @Override
  public void copyBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      copy(from, fromOffset + r * fromLd, to, toOffset + r * toLd, columns);
    }
  }

  @Override
  public void gather(
      float[] from, int fromOffset, int stride, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = from[fromOffset + i * stride];
    }
  }

  @Override
  public void add(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] += from[fromOffset + i];
    }
  }

  @Override
  public void scatterAdd(
      float[] from, int fromOffset, float[] to, int toOffset, int stride, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i * stride] += from[fromOffset + i];
    }
  }
}

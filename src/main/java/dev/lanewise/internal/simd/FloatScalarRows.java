// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;

/** {@link FloatRows} in scalars. */
final class FloatScalarRows implements FloatRows {
  private final FloatScalarSums sums;

  /**
   * With sums in the order of vectors.
   *
   * @param lanes theirs
   */
  FloatScalarRows(int lanes) {
    sums = new FloatScalarSums(lanes);
  }

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
  public void copyPanels(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int panels,
      int columns) {
    for (int r = 0; r < rows; r++) {
      for (int n = 0; n < panels; n++) {
        int source = fromOffset + r * fromLd + n * columns;
        copy(from, source, to, toOffset + (n * rows + r) * columns, columns);
      }
    }
  }

  @Override
  public void copyDense(
      float[] from,
      int fromOffset,
      int blockLd,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int blocks,
      int columns) {
    int at = toOffset;
    for (int r = 0; r < rows; r++) {
      for (int n = 0; n < blocks; n++, at += columns) {
        copy(from, fromOffset + n * blockLd + r * fromLd, to, at, columns);
      }
    }
  }

  @Override
  public int slack() {
    return 0;
  }

  @Override
  public void gather(
      float[] from, int fromOffset, int stride, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = from[fromOffset + i * stride];
    }
  }

  @Override
  public void gatherBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      int stride,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      gather(from, fromOffset + r * fromLd, stride, to, toOffset + r * toLd, columns);
    }
  }

  @Override
  public void add(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] += from[fromOffset + i];
    }
  }

  @Override
  public void addProducts(
      float[] a, int aOffset, float[] b, int bOffset, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] += a[aOffset + i] * b[bOffset + i];
    }
  }

  @Override
  public float sum(float[] from, int offset, int count) {
    return sums.sum(from, offset, null, 0, count);
  }

  @Override
  public float sum(MemorySegment from, long byteOffset, int count) {
    return sums.sum(from, byteOffset, null, 0, count);
  }

  @Override
  public void dots(
      float[] a,
      int aOffset,
      int lda,
      int rows,
      float[] b,
      int bOffset,
      int count,
      float[] to,
      int toOffset) {
    for (int r = 0; r < rows; r++) {
      to[toOffset + r] = sums.sum(a, aOffset + r * lda, b, bOffset, count);
    }
  }

  @Override
  public void scatterAdd(
      float[] from, int fromOffset, float[] to, int toOffset, int stride, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i * stride] += from[fromOffset + i];
    }
  }

  @Override
  public void clamp(float[] to, int offset, int count, float low, float high) {
    for (int i = offset; i < offset + count; i++) {
      to[i] = Math.min(Math.max(to[i], low), high);
    }
  }

  @Override
  public void leaky(float[] to, int offset, int count, float slope) {
    for (int i = offset; i < offset + count; i++) {
      float x = to[i];
      to[i] = x < 0 ? slope * x : x;
    }
  }

  @Override
  public boolean isFinite(float[] from, int offset, int count) {
    // A product with 0 is NaN for just those, and NaN stays in the sum.
    float sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += from[i] * 0;
    }
    return sum == 0;
  }
}

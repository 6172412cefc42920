// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

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
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      sum0 += from[offset + i];
      sum1 += from[offset + i + 1];
      sum2 += from[offset + i + 2];
      sum3 += from[offset + i + 3];
    }
    for (; i < count; i++) {
      sum0 += from[offset + i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  @Override
  public float sum(MemorySegment from, long byteOffset, int count) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      sum0 += element(from, byteOffset, i);
      sum1 += element(from, byteOffset, i + 1);
      sum2 += element(from, byteOffset, i + 2);
      sum3 += element(from, byteOffset, i + 3);
    }
    for (; i < count; i++) {
      sum0 += element(from, byteOffset, i);
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static float element(MemorySegment from, long byteOffset, int index) {
    return from.get(JAVA_FLOAT_UNALIGNED, byteOffset + (long) index * Float.BYTES);
  }

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int count) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      sum0 = multiplyAdd(a[aOffset + i], b[bOffset + i], sum0);
      sum1 = multiplyAdd(a[aOffset + i + 1], b[bOffset + i + 1], sum1);
      sum2 = multiplyAdd(a[aOffset + i + 2], b[bOffset + i + 2], sum2);
      sum3 = multiplyAdd(a[aOffset + i + 3], b[bOffset + i + 3], sum3);
    }
    for (; i < count; i++) {
      sum0 = multiplyAdd(a[aOffset + i], b[bOffset + i], sum0);
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static float multiplyAdd(float a, float b, float sum) {
    return Machine.FMA ? Math.fma(a, b, sum) : a * b + sum;
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

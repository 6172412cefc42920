// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;

/**
 * Moves and adds the runs of elements that im2col, col2im and packing are made of.
 *
 * <p>Nothing outside a run is touched, but for two things: {@link #scatterAdd} may write back
 * unchanged what lies between the elements that it adds to, and {@link #copyDense} needs slack.
 */
public sealed interface FloatRows permits FloatStartingRows, FloatVectorRows, FloatScalarRows {
  /** What this machine runs. */
  FloatRows BEST = Machine.SIMD ? new FloatStartingRows() : new FloatScalarRows(1);

  /** {@code to[toOffset + i] = from[fromOffset + i]} for i in [0, count). */
  void copy(float[] from, int fromOffset, float[] to, int toOffset, int count);

  /**
   * {@code to[toOffset + r·toLd + i] = from[fromOffset + r·fromLd + i]} for r in [0, rows) and i in
   * [0, columns).
   */
  void copyBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns);

  /**
   * {@code to[toOffset + (n·rows + r)·columns + i] = from[fromOffset + r·fromLd + n·columns + i]}
   * for r in [0, rows), n in [0, panels) and i in [0, columns): a matrix in panels, read row by
   * row.
   */
  void copyPanels(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int panels,
      int columns);

  /**
   * {@code to[toOffset + (r·blocks + n)·columns + i] = from[fromOffset + n·blockLd + r·fromLd + i]}
   * for r in [0, rows), n in [0, blocks) and i in [0, columns): short rows side by side, nothing
   * between them.
   *
   * <p>May overwrite {@link #slack} elements behind the last one of {@code to}.
   */
  void copyDense(
      float[] from,
      int fromOffset,
      int blockLd,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int blocks,
      int columns);

  /** Elements that {@link #copyDense} may overwrite behind its last one. */
  int slack();

  /** {@code to[toOffset + i] = from[fromOffset + i·stride]} for i in [0, count). */
  void gather(float[] from, int fromOffset, int stride, float[] to, int toOffset, int count);

  /**
   * {@code to[toOffset + r·toLd + i] = from[fromOffset + r·fromLd + i·stride]} for r in [0, rows)
   * and i in [0, columns).
   */
  void gatherBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      int stride,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns);

  /** {@code to[toOffset + i] += from[fromOffset + i]} for i in [0, count). */
  void add(float[] from, int fromOffset, float[] to, int toOffset, int count);

  /** {@code to[toOffset + i] += a[aOffset + i] · b[bOffset + i]} for i in [0, count). */
  void addProducts(
      float[] a, int aOffset, float[] b, int bOffset, float[] to, int toOffset, int count);

  /**
   * Σ from[offset + i] for i in [0, count), in an order that depends on count alone: the same bits
   * as {@link #sum(MemorySegment, long, int)}.
   */
  float sum(float[] from, int offset, int count);

  /** Σ of count elements from a byte on. */
  float sum(MemorySegment from, long byteOffset, int count);

  /**
   * {@code to[toOffset + r]} = Σ a[aOffset + r·lda + i] · b[bOffset + i] for r in [0, rows) and i
   * in [0, count), with fused multiply-add where the machine has it, in an order that depends on
   * count alone.
   */
  void dots(
      float[] a,
      int aOffset,
      int lda,
      int rows,
      float[] b,
      int bOffset,
      int count,
      float[] to,
      int toOffset);

  /** {@code to[toOffset + i·stride] += from[fromOffset + i]} for i in [0, count). */
  void scatterAdd(float[] from, int fromOffset, float[] to, int toOffset, int stride, int count);

  /** {@code to[offset + i] = min(max(to[offset + i], low), high)} for i in [0, count). */
  void clamp(float[] to, int offset, int count, float low, float high);

  /** {@code to[offset + i] *= slope} where it is below 0, for i in [0, count). */
  void leaky(float[] to, int offset, int count, float slope);

  /** Whether none of from[offset + i], i in [0, count), is infinite or NaN. */
  boolean isFinite(float[] from, int offset, int count);
}

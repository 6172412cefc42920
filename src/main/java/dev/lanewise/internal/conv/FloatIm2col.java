// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;

/**
 * im2col: copies a run of one row of the col matrix out of an image.
 *
 * <p>A run is a few output rows long. In each, the windows whose tap falls inside the image read
 * one stretch of an image row, at the stride; the rest read padding.
 *
 * <p>Source: Chellapilla, Puri and Simard, High Performance Convolutional Neural Networks for
 * Document Processing, 2006.
 */
public final class FloatIm2col {
  private final ColumnShape shape;
  private final AxisMap vertical;
  private final AxisMap horizontal;
  private final float paddingValue;

  public FloatIm2col(ColumnShape shape) {
    this.shape = shape;
    vertical = shape.vertical();
    horizontal = shape.horizontal();
    paddingValue = (float) shape.paddingValue();
  }

  /**
   * Copies windows [window, window + count) of a row of the col matrix.
   *
   * @param image the image's memory
   * @param offset its first element
   * @param to where they go
   */
  public void row(
      Object image, long offset, int row, int window, int count, Object to, long toOffset) {
    int tap = row % shape.taps();
    long channel = offset + (long) (row / shape.taps()) * shape.plane();
    int kh = tap / horizontal.kernel();
    int kw = tap % horizontal.kernel();
    int oh = window / horizontal.output();
    int ow = window % horizontal.output();
    long end = toOffset + count;
    for (long at = toOffset; at < end; oh++, ow = 0) {
      int run = (int) Math.min(horizontal.output() - ow, end - at);
      int ih = vertical.source(kh, oh);
      if (ih == AxisMap.OUTSIDE) {
        FloatMemory.fill(to, at, run, paddingValue);
      } else {
        imageRow(image, channel + (long) ih * horizontal.input(), kw, ow, run, to, at);
      }
      at += run;
    }
  }

  /** One stretch of one image row, what lies left of it and what lies right of it. */
  private void imageRow(
      Object image, long imageRow, int kw, int ow, int run, Object to, long toOffset) {
    int end = ow + run;
    int inside = Math.clamp(horizontal.firstInside(kw), ow, end);
    int outside = Math.clamp(horizontal.endInside(kw), inside, end);
    long at = toOffset - ow;
    border(image, imageRow, kw, ow, inside, to, at);
    if (outside > inside) {
      long from = imageRow + horizontal.unpadded(kw, inside);
      if (horizontal.stride() == 1) {
        FloatMemory.copy(image, from, to, at + inside, outside - inside);
      } else {
        FloatMemory.gather(image, from, horizontal.stride(), to, at + inside, outside - inside);
      }
    }
    border(image, imageRow, kw, outside, end, to, at);
  }

  private void border(
      Object image, long imageRow, int kw, int from, int end, Object to, long toOffset) {
    for (int ow = from; ow < end; ow++) {
      int iw = horizontal.source(kw, ow);
      FloatMemory.set(
          to,
          toOffset + ow,
          iw == AxisMap.OUTSIDE ? paddingValue : FloatMemory.get(image, imageRow + iw));
    }
  }
}

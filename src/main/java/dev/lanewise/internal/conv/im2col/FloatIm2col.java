// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
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
    int firstInside = horizontal.firstInside(kw);
    int endInside = horizontal.endInside(kw);
    int oh = window / horizontal.output();
    int ow = window % horizontal.output();
    long stop = toOffset + count;
    for (long at = toOffset; at < stop; oh++, ow = 0) {
      int run = (int) Math.min(horizontal.output() - ow, stop - at);
      int ih = vertical.source(kh, oh);
      if (ih == AxisMap.OUTSIDE) {
        FloatMemory.fill(to, at, run, paddingValue);
      } else {
        long imageRow = channel + (long) ih * horizontal.input();
        int end = ow + run;
        int first = Math.min(Math.max(firstInside, ow), end);
        int last = Math.max(Math.min(endInside, end), first);
        border(image, imageRow, kw, ow, first, to, at - ow);
        inside(image, imageRow, kw, first, last, to, at - ow);
        border(image, imageRow, kw, last, end, to, at - ow);
      }
      at += run;
    }
  }

  /** Windows whose tap falls inside the image. */
  private void inside(
      Object image, long imageRow, int kw, int from, int end, Object to, long toOffset) {
    if (end > from) {
      long first = imageRow + horizontal.unpadded(kw, from);
      if (horizontal.stride() == 1) {
        FloatMemory.copy(image, first, to, toOffset + from, end - from);
      } else {
        FloatMemory.gather(image, first, horizontal.stride(), to, toOffset + from, end - from);
      }
    }
  }

  /** Windows whose tap falls outside it. */
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

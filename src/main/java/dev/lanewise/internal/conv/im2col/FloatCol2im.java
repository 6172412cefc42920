// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.memory.FloatMemory;

/**
 * col2im, the adjoint of {@link FloatIm2col}: adds a run of one row of the col matrix to the image
 * elements that im2col would have copied it from. What falls on constant padding is dropped; what
 * falls on a mirrored or repeated element is added to that element.
 */
public final class FloatCol2im {
  private final ColumnShape shape;
  private final AxisMap vertical;
  private final AxisMap horizontal;

  public FloatCol2im(ColumnShape shape) {
    this.shape = shape;
    vertical = shape.vertical();
    horizontal = shape.horizontal();
  }

  /**
   * Adds windows [window, window + count) of a row of the col matrix.
   *
   * @param from holds the run
   * @param image the image's memory
   * @param offset its first element
   */
  public void addRow(
      Object from, long fromOffset, Object image, long offset, int row, int window, int count) {
    int tap = row % shape.taps();
    long channel = offset + (long) (row / shape.taps()) * shape.plane();
    int kh = tap / horizontal.kernel();
    int kw = tap % horizontal.kernel();
    int firstInside = horizontal.firstInside(kw);
    int endInside = horizontal.endInside(kw);
    int oh = window / horizontal.output();
    int ow = window % horizontal.output();
    long stop = fromOffset + count;
    for (long at = fromOffset; at < stop; oh++, ow = 0) {
      int run = (int) Math.min(horizontal.output() - ow, stop - at);
      int ih = vertical.source(kh, oh);
      if (ih != AxisMap.OUTSIDE) {
        long imageRow = channel + (long) ih * horizontal.input();
        int end = ow + run;
        int first = Math.min(Math.max(firstInside, ow), end);
        int last = Math.max(Math.min(endInside, end), first);
        addBorder(from, at - ow, image, imageRow, kw, ow, first);
        addInside(from, at - ow, image, imageRow, kw, first, last);
        addBorder(from, at - ow, image, imageRow, kw, last, end);
      }
      at += run;
    }
  }

  /** Windows whose tap falls inside the image. */
  private void addInside(
      Object from, long fromOffset, Object image, long imageRow, int kw, int begin, int end) {
    if (end > begin) {
      long first = imageRow + horizontal.unpadded(kw, begin);
      if (horizontal.stride() == 1) {
        FloatMemory.add(from, fromOffset + begin, image, first, end - begin);
      } else {
        FloatMemory.scatterAdd(
            from, fromOffset + begin, image, first, horizontal.stride(), end - begin);
      }
    }
  }

  /** Windows whose tap falls outside it. */
  private void addBorder(
      Object from, long fromOffset, Object image, long imageRow, int kw, int begin, int end) {
    for (int ow = begin; ow < end; ow++) {
      int iw = horizontal.source(kw, ow);
      if (iw != AxisMap.OUTSIDE) {
        FloatMemory.add(image, imageRow + iw, FloatMemory.get(from, fromOffset + ow));
      }
    }
  }
}

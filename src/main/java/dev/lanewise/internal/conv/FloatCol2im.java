// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

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
    int oh = window / horizontal.output();
    int ow = window % horizontal.output();
    long end = fromOffset + count;
    for (long at = fromOffset; at < end; oh++, ow = 0) {
      int run = (int) Math.min(horizontal.output() - ow, end - at);
      int ih = vertical.source(kh, oh);
      if (ih != AxisMap.OUTSIDE) {
        addImageRow(from, at, image, channel + (long) ih * horizontal.input(), kw, ow, run);
      }
      at += run;
    }
  }

  private void addImageRow(
      Object from, long fromOffset, Object image, long imageRow, int kw, int ow, int run) {
    int end = ow + run;
    int inside = Math.clamp(horizontal.firstInside(kw), ow, end);
    int outside = Math.clamp(horizontal.endInside(kw), inside, end);
    long at = fromOffset - ow;
    addBorder(from, at, image, imageRow, kw, ow, inside);
    if (outside > inside) {
      long to = imageRow + horizontal.unpadded(kw, inside);
      if (horizontal.stride() == 1) {
        FloatMemory.add(from, at + inside, image, to, outside - inside);
      } else {
        FloatMemory.scatterAdd(from, at + inside, image, to, horizontal.stride(), outside - inside);
      }
    }
    addBorder(from, at, image, imageRow, kw, outside, end);
  }

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

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import java.util.stream.IntStream;

/**
 * Copies channels of an image with what surrounds them, so that kernels can read every tap of every
 * window without asking where it falls: padded row r, column x holds the element that tap t of
 * window w reads, for every r = w·stride + t·dilation of the vertical axis and x likewise.
 *
 * <p>The copy is private to one call: heap or native image, one code behind it.
 */
public final class FloatPaddedImage {
  private final AxisMap vertical;
  private final AxisMap horizontal;
  private final float paddingValue;

  /** The element of an image row at each column, or {@link AxisMap#OUTSIDE}. */
  private final int[] columns;

  /**
   * @param paddingValue what an element outside the image is
   */
  public FloatPaddedImage(AxisMap vertical, AxisMap horizontal, float paddingValue) {
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.paddingValue = paddingValue;
    columns = IntStream.range(0, horizontal.padded()).map(horizontal::element).toArray();
  }

  /** Rows that any window reads. */
  public int height() {
    return vertical.padded();
  }

  /** Columns that any window reads. */
  public int width() {
    return horizontal.padded();
  }

  /**
   * Copies rows [firstRow, endRow) of the padded image, all {@link #width()} columns.
   *
   * @param image holds the channels, {@code plane} elements from one to the next
   * @param pitch elements from one padded row to the next
   * @param planePitch elements from one padded channel to the next
   */
  public void copy(
      Object image,
      long offset,
      int channels,
      int firstRow,
      int endRow,
      float[] to,
      int toOffset,
      int pitch,
      int planePitch) {
    long plane = (long) vertical.input() * horizontal.input();
    for (int c = 0; c < channels; c++) {
      for (int r = firstRow; r < endRow; r++) {
        int at = toOffset + c * planePitch + (r - firstRow) * pitch;
        int ih = vertical.element(r);
        if (ih == AxisMap.OUTSIDE) {
          FloatMemory.fill(to, at, width(), paddingValue);
        } else {
          row(image, offset + c * plane + (long) ih * horizontal.input(), to, at);
        }
      }
    }
  }

  private void row(Object image, long imageRow, float[] to, int at) {
    int width = width();
    // Negative where windows leave out the first elements.
    int before = horizontal.before();
    int first = Math.clamp(before, 0, width);
    int last = Math.clamp((long) before + horizontal.input(), first, width);
    border(image, imageRow, 0, first, to, at);
    if (first < last) {
      FloatMemory.copy(image, imageRow + first - before, to, at + first, last - first);
    }
    border(image, imageRow, last, width, to, at);
  }

  private void border(Object image, long imageRow, int from, int end, float[] to, int at) {
    for (int x = from; x < end; x++) {
      int iw = columns[x];
      to[at + x] = iw == AxisMap.OUTSIDE ? paddingValue : FloatMemory.get(image, imageRow + iw);
    }
  }
}

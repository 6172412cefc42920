// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import java.util.Arrays;
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

  /** Whether everything outside the image is the padding value. */
  private final boolean constant;

  /** Columns [left, right) are elements of an image row, one behind the other. */
  private final int left;

  private final int right;

  /**
   * @param paddingValue what an element outside the image is
   */
  public FloatPaddedImage(AxisMap vertical, AxisMap horizontal, float paddingValue) {
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.paddingValue = paddingValue;
    columns = IntStream.range(0, horizontal.padded()).map(horizontal::element).toArray();
    constant = !vertical.repeatsInput() && !horizontal.repeatsInput();
    // Negative where windows leave out the first elements.
    int before = horizontal.before();
    left = Math.clamp(before, 0, columns.length);
    right = Math.clamp((long) before + horizontal.input(), left, columns.length);
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
   * @param image holds the channels, a plane from one to the next
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
    copy(image, offset, channels, firstRow, endRow, 1, to, toOffset, pitch, planePitch, width());
  }

  /**
   * Copies every {@code rowStep}th of the rows [firstRow, endRow), the first one first.
   *
   * @param pitch elements from one copied row to the next
   * @param room elements of each copied row that may be written, at least {@link #width()} and no
   *     more than there are to the next row or channel: whole vectors are faster. What they are
   *     behind the width is undefined
   */
  public void copy(
      Object image,
      long offset,
      int channels,
      int firstRow,
      int endRow,
      int rowStep,
      float[] to,
      int toOffset,
      int pitch,
      int planePitch,
      int room) {
    long plane = (long) vertical.input() * horizontal.input();
    int count = Math.ceilDiv(endRow - firstRow, rowStep);
    for (int c = 0; c < channels; c++) {
      int at = toOffset + c * planePitch;
      if (constant) {
        plane(image, offset + c * plane, firstRow, count, rowStep, to, at, pitch, room);
        continue;
      }
      for (int r = 0; r < count; r++) {
        int ih = vertical.element(firstRow + r * rowStep);
        row(image, offset + c * plane, ih, to, at + r * pitch);
      }
    }
  }

  /** A channel whose rows and columns outside the image are all the same: no call for each row. */
  private void plane(
      Object image,
      long offset,
      int firstRow,
      int count,
      int rowStep,
      float[] to,
      int at,
      int pitch,
      int room) {
    int above = vertical.before() - firstRow;
    int top = Math.clamp(Math.ceilDiv(above, rowStep), 0, count);
    int bottom = Math.clamp(Math.ceilDiv((long) above + vertical.input(), rowStep), top, count);
    fill(to, at, pitch, 0, top);
    fill(to, at, pitch, bottom, count);
    int rows = bottom - top;
    int inside = at + top * pitch;
    if (left < right && rows > 0) {
      long row = (long) top * rowStep - above;
      long rowPitch = (long) rowStep * horizontal.input();
      long start = offset + row * horizontal.input() - horizontal.before();
      // What surrounds the image comes over neighbouring elements; no result has any of these.
      boolean wide =
          start >= 0 && start + (rows - 1) * rowPitch + room <= FloatMemory.length(image);
      int first = wide ? 0 : left;
      int columns = wide ? room : right - left;
      FloatMemory.copyBlock(
          image, start + first, rowPitch, to, inside + first, pitch, rows, columns);
    }
    for (int r = 0; r < rows; r++) {
      pad(to, inside + r * pitch, 0, left);
      pad(to, inside + r * pitch, right, columns.length);
    }
  }

  private void fill(float[] to, int at, int pitch, int first, int end) {
    for (int row = first; row < end; row++) {
      int from = at + row * pitch;
      Arrays.fill(to, from, from + columns.length, paddingValue);
    }
  }

  /** An element or two: too few for a call. */
  private void pad(float[] to, int at, int from, int end) {
    for (int x = from; x < end; x++) {
      to[at + x] = paddingValue;
    }
  }

  private void row(Object image, long plane, int ih, float[] to, int at) {
    if (ih == AxisMap.OUTSIDE) {
      FloatMemory.fill(to, at, width(), paddingValue);
      return;
    }
    long imageRow = plane + (long) ih * horizontal.input();
    border(image, imageRow, 0, left, to, at);
    if (left < right) {
      FloatMemory.copy(image, imageRow + left - horizontal.before(), to, at + left, right - left);
    }
    border(image, imageRow, right, width(), to, at);
  }

  private void border(Object image, long imageRow, int from, int end, float[] to, int at) {
    for (int x = from; x < end; x++) {
      int iw = columns[x];
      to[at + x] = iw == AxisMap.OUTSIDE ? paddingValue : FloatMemory.get(image, imageRow + iw);
    }
  }
}

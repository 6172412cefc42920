// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.FloatPaddedImage;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;
import java.util.Arrays;

/**
 * Copies bands of padded channels, split along both axes as {@link DirectAxis} says: with a stride
 * of 2 the pixels that one tap reads in neighbouring windows are two apart in the image and
 * adjacent in the copy.
 *
 * <pre>
 *   element  channel·plane + (rowPart·rows + row)·pitch + columnPart·columns + column
 * </pre>
 */
final class FloatDirectImage {
  private final DirectAxis vertical;
  private final DirectAxis horizontal;
  private final FloatPaddedImage padded;
  private final float paddingValue;

  /** Whether everything outside the image is the padding value. */
  private final boolean constant;

  private final int rows;
  private final int columns;

  /** Of each part of a row the columns that are elements of an image row: from, and to. */
  private final int[] insideFrom;

  private final int[] insideTo;

  /** [part][column]: the element of an image row, or {@link AxisMap#OUTSIDE}. */
  private final int[][] elements;

  /**
   * @param bandWindows the most vertical windows of a band
   */
  FloatDirectImage(
      DirectAxis vertical, DirectAxis horizontal, int bandWindows, float paddingValue) {
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.paddingValue = paddingValue;
    padded = new FloatPaddedImage(vertical.source(), horizontal.source(), paddingValue);
    constant = !vertical.source().repeatsInput() && !horizontal.source().repeatsInput();
    rows = bandWindows + vertical.reach();
    columns = horizontal.windows() + horizontal.reach();
    insideFrom = new int[horizontal.parts()];
    insideTo = new int[horizontal.parts()];
    elements = new int[horizontal.parts()][];
    for (int part = 0; part < elements.length; part++) {
      placeColumns(part);
    }
  }

  private void placeColumns(int part) {
    int residue = horizontal.residue(part);
    int split = horizontal.split();
    AxisMap source = horizontal.source();
    int count = Math.min(columns, Math.ceilDiv(padded.width() - residue, split));
    elements[part] = new int[count];
    for (int column = 0; column < count; column++) {
      elements[part][column] = source.element(column * split + residue);
    }
    insideFrom[part] = Math.clamp(Math.ceilDiv(source.before() - residue, split), 0, count);
    insideTo[part] =
        Math.clamp(
            Math.ceilDiv(source.before() + source.input() - residue, split),
            insideFrom[part],
            count);
  }

  /** Elements from one row to the next. */
  int pitch() {
    return horizontal.parts() * columns;
  }

  /** Elements from one channel to the next. */
  int plane() {
    return vertical.parts() * rows * pitch();
  }

  /** Where a pair of taps finds the pixel of window (0, 0) in a channel of the copy. */
  int offset(DirectAxis.Tap down, DirectAxis.Tap right) {
    return (down.part() * rows + down.shift()) * pitch() + right.part() * columns + right.shift();
  }

  /** Elements of scratch that {@link #copy} needs. */
  int scratchFloats() {
    return horizontal.split() == 1 ? 0 : horizontal.source().input();
  }

  /** Copies what the vertical windows [first, end) read. */
  void copy(
      Object image,
      long offset,
      int channels,
      int first,
      int end,
      float[] to,
      int toOffset,
      int scratch) {
    if (vertical.split() == 1 && horizontal.split() == 1) {
      padded.copy(
          image, offset, channels, first, end + vertical.reach(), to, toOffset, pitch(), plane());
      return;
    }
    long imagePlane = (long) vertical.source().input() * horizontal.source().input();
    if (constant && image instanceof float[] array) {
      for (int c = 0; c < channels; c++) {
        plane(array, (int) (offset + c * imagePlane), first, end, to, toOffset + c * plane());
      }
      return;
    }
    for (int c = 0; c < channels; c++) {
      for (int part = 0; part < vertical.parts(); part++) {
        int residue = vertical.residue(part);
        int partEnd =
            Math.min(
                end + vertical.reach(), Math.ceilDiv(padded.height() - residue, vertical.split()));
        for (int row = first; row < partEnd; row++) {
          int at = toOffset + c * plane() + (part * rows + row - first) * pitch();
          int element = vertical.source().element(row * vertical.split() + residue);
          if (element == AxisMap.OUTSIDE) {
            FloatMemory.fill(to, at, pitch(), paddingValue);
          } else {
            row(
                image,
                offset + c * imagePlane + (long) element * horizontal.source().input(),
                to,
                at,
                scratch);
          }
        }
      }
    }
  }

  /** One channel, part by part: rows are too short for calls of their own. */
  private void plane(float[] from, int fromOffset, int first, int end, float[] to, int toOffset) {
    int width = horizontal.source().input();
    int split = vertical.split();
    for (int part = 0; part < vertical.parts(); part++) {
      int at = toOffset + part * rows * pitch();
      int residue = vertical.residue(part);
      int partEnd =
          Math.min(end + vertical.reach(), Math.ceilDiv(padded.height() - residue, split));
      int count = Math.max(partEnd - first, 0);
      // The image row of the part's first row, which may lie outside.
      int row = first * split + residue - vertical.source().before();
      int top = Math.clamp(Math.ceilDiv(-row, split), 0, count);
      int bottom = Math.clamp(Math.ceilDiv(vertical.source().input() - row, split), top, count);
      Arrays.fill(to, at, at + top * pitch(), paddingValue);
      Arrays.fill(to, at + bottom * pitch(), at + count * pitch(), paddingValue);
      int source = fromOffset + (top * split + row) * width;
      for (int i = 0; i < elements.length; i++) {
        int left = insideFrom[i];
        int right = insideTo[i];
        int target = at + top * pitch() + i * columns;
        fill(to, target, bottom - top, 0, left);
        fill(to, target, bottom - top, right, columns);
        if (left < right && top < bottom) {
          FloatRows.BEST.gatherBlock(
              from,
              source + elements[i][left],
              split * width,
              horizontal.split(),
              to,
              target + left,
              pitch(),
              bottom - top,
              right - left);
        }
      }
    }
  }

  /** Columns [first, end) of some rows: few columns, so down each. */
  private void fill(float[] to, int toOffset, int count, int first, int end) {
    for (int column = first; column < end; column++) {
      for (int row = 0; row < count; row++) {
        to[toOffset + row * pitch() + column] = paddingValue;
      }
    }
  }

  private void row(Object image, long imageRow, float[] to, int toOffset, int scratch) {
    Object from = image;
    long fromOffset = imageRow;
    if (horizontal.split() > 1 && !(image instanceof float[])) {
      FloatMemory.copy(image, imageRow, to, scratch, horizontal.source().input());
      from = to;
      fromOffset = scratch;
    }
    for (int part = 0; part < elements.length; part++) {
      int at = toOffset + part * columns;
      int first = insideFrom[part];
      int end = insideTo[part];
      border(from, fromOffset, elements[part], 0, first, to, at);
      if (first < end) {
        long inside = fromOffset + elements[part][first];
        FloatMemory.gather(from, inside, horizontal.split(), to, at + first, end - first);
      }
      border(from, fromOffset, elements[part], end, elements[part].length, to, at);
    }
  }

  private void border(
      Object from, long fromOffset, int[] element, int first, int end, float[] to, int at) {
    for (int column = first; column < end; column++) {
      to[at + column] =
          element[column] == AxisMap.OUTSIDE
              ? paddingValue
              : FloatMemory.get(from, fromOffset + element[column]);
    }
  }
}

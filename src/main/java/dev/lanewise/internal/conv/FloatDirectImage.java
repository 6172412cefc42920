// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;

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
  private final int rows;
  private final int columns;

  /**
   * @param bandWindows the most vertical windows of a band
   */
  FloatDirectImage(
      DirectAxis vertical, DirectAxis horizontal, int bandWindows, float paddingValue) {
    this.vertical = vertical;
    this.horizontal = horizontal;
    padded = new FloatPaddedImage(vertical.source(), horizontal.source(), paddingValue);
    rows = bandWindows + vertical.reach();
    columns = horizontal.windows() + horizontal.reach();
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
    return horizontal.split() == 1 ? 0 : padded.width();
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
    for (int c = 0; c < channels; c++) {
      for (int part = 0; part < vertical.parts(); part++) {
        int residue = vertical.residue(part);
        int partEnd =
            Math.min(
                end + vertical.reach(), Math.ceilDiv(padded.height() - residue, vertical.split()));
        for (int row = first; row < partEnd; row++) {
          row(
              image,
              offset + c * imagePlane,
              row * vertical.split() + residue,
              to,
              toOffset + c * plane() + (part * rows + row - first) * pitch(),
              scratch);
        }
      }
    }
  }

  private void row(
      Object image, long imageOffset, int paddedRow, float[] to, int toOffset, int scratch) {
    if (horizontal.split() == 1) {
      padded.copy(image, imageOffset, 1, paddedRow, paddedRow + 1, to, toOffset, pitch(), plane());
      return;
    }
    padded.copy(image, imageOffset, 1, paddedRow, paddedRow + 1, to, scratch, pitch(), plane());
    for (int part = 0; part < horizontal.parts(); part++) {
      int residue = horizontal.residue(part);
      int count = Math.min(columns, Math.ceilDiv(padded.width() - residue, horizontal.split()));
      FloatMemory.gather(
          to, scratch + residue, horizontal.split(), to, toOffset + part * columns, count);
    }
  }
}

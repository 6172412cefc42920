// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;

/**
 * A band of windows of a few images, laid out so that each tap reads the elements of all windows in
 * one run, in the order of a filtered image: row of windows by row, the images' rows side by side.
 *
 * <p>Taps of one kernel row need copies of their own, one element apart; taps of one kernel column
 * share a copy, since to go down a row is to go on by a row of windows. So the copy has KW times
 * the elements of the images, where im2col has KH·KW:
 *
 * <pre>
 *   shifted[c][kw][phase][row][n][ow] = padded[n][c][row·strideH + phase][ow·strideW + kw·dilationW]
 * </pre>
 *
 * <p>A phase is a remainder by the stride that some tap has; with stride 1 there is one.
 *
 * <p>Source: Cho and Brand, MEC: Memory-efficient Convolution for Deep Neural Network, ICML 2017.
 */
final class FloatShiftedImages {
  private final AxisMap vertical;
  private final AxisMap horizontal;
  private final FloatPaddedImage padded;

  private final int images;
  private final int phases;
  private final int phaseRows;
  private final int columnPhases;
  private final int phaseColumns;

  /** Whether the taps can be copied from the images: nothing is padded, no column left out. */
  private final boolean copiesImages;

  /**
   * @param images side by side
   * @param bandRows the most rows of windows
   */
  FloatShiftedImages(ColumnShape shape, int images, int bandRows) {
    this.images = images;
    vertical = shape.vertical();
    horizontal = shape.horizontal();
    padded = new FloatPaddedImage(vertical, horizontal, (float) shape.paddingValue());
    phases = phases(vertical);
    phaseRows = bandRows + reach(vertical);
    columnPhases = phases(horizontal);
    phaseColumns = horizontal.output() + reach(horizontal);
    copiesImages = isInside(vertical) && isInside(horizontal) && horizontal.stride() == 1;
  }

  /** How many remainders by the stride the taps have. */
  private static int phases(AxisMap axis) {
    int cycle = axis.stride() / gcd(axis.stride(), axis.dilation());
    return Math.min(axis.kernel(), cycle);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static int phase(AxisMap axis, int tap) {
    return tap % phases(axis);
  }

  /** Windows from the first tap's window to the one that it would share with the last tap. */
  private static int reach(AxisMap axis) {
    return (axis.kernel() - 1) * axis.dilation() / axis.stride();
  }

  private static boolean isInside(AxisMap axis) {
    return axis.before() == 0 && axis.padded() <= axis.input();
  }

  /** What {@link #channelFloats()} of such a copy would be. */
  static long channelFloats(ColumnShape shape, int images, int bandRows) {
    AxisMap vertical = shape.vertical();
    long rows = (long) phases(vertical) * (bandRows + reach(vertical));
    return rows * shape.horizontal().kernel() * images * shape.outWidth();
  }

  /** What {@link #scratchFloats()} of such a copy would be. */
  static long scratchFloats(ColumnShape shape, int images, int bandRows) {
    AxisMap vertical = shape.vertical();
    AxisMap horizontal = shape.horizontal();
    long rows = (long) phases(vertical) * (bandRows + reach(vertical));
    long columns = (long) phases(horizontal) * (shape.outWidth() + reach(horizontal));
    return rows * columns * images + horizontal.padded();
  }

  /** Elements from one channel to the next. */
  int channelFloats() {
    return horizontal.kernel() * phases * phaseRows * images * horizontal.output();
  }

  /** Where a tap of the first window is, from the start of its channel. */
  int tap(int kh, int kw) {
    int row = phase(vertical, kh) * phaseRows + kh * vertical.dilation() / vertical.stride();
    return (kw * phases * phaseRows + row) * images * horizontal.output();
  }

  /**
   * Copies one channel of a band.
   *
   * @param memory holds the first image
   * @param offset the channel's first element in it
   * @param imageStride elements from one image to the next
   * @param firstRow first row of windows
   * @param rows rows of windows
   * @param to with {@link FloatRows#slack} behind it
   */
  void copy(
      Object memory,
      long offset,
      long imageStride,
      int firstRow,
      int rows,
      float[] to,
      int toOffset,
      float[] scratch,
      int scratchOffset) {
    if (copiesImages && memory instanceof float[] array) {
      int width = horizontal.input();
      int rowStride = vertical.stride() * width;
      for (int kw = 0; kw < horizontal.kernel(); kw++) {
        for (int p = 0; p < phases; p++) {
          int first = firstRow * rowStride + phaseOffset(vertical, p) * width;
          FloatRows.BEST.copyDense(
              array,
              (int) offset + first + kw * horizontal.dilation(),
              (int) imageStride,
              rowStride,
              to,
              toOffset + at(kw, p),
              rowsOfPhase(p, firstRow, rows),
              images,
              horizontal.output());
        }
      }
      return;
    }
    int pitch = columnPhases * phaseColumns;
    int plane = phases * phaseRows * pitch;
    int spareRow = scratchOffset + images * plane;
    for (int n = 0; n < images; n++) {
      for (int p = 0; p < phases; p++) {
        pad(
            memory,
            offset + n * imageStride,
            firstRow * vertical.stride() + phaseOffset(vertical, p),
            rowsOfPhase(p, firstRow, rows),
            scratch,
            scratchOffset + n * plane + p * phaseRows * pitch,
            spareRow);
      }
    }
    for (int kw = 0; kw < horizontal.kernel(); kw++) {
      int column =
          phase(horizontal, kw) * phaseColumns + kw * horizontal.dilation() / horizontal.stride();
      for (int p = 0; p < phases; p++) {
        FloatRows.BEST.copyDense(
            scratch,
            scratchOffset + p * phaseRows * pitch + column,
            plane,
            pitch,
            to,
            toOffset + at(kw, p),
            rowsOfPhase(p, firstRow, rows),
            images,
            horizontal.output());
      }
    }
  }

  private int at(int kw, int phase) {
    return (kw * phases + phase) * phaseRows * images * horizontal.output();
  }

  /** The remainder by the stride. */
  private static int phaseOffset(AxisMap axis, int phase) {
    return phase * axis.dilation() % axis.stride();
  }

  /** Rows of one phase that the taps of a band read; not every phase has a tap of full reach. */
  private int rowsOfPhase(int phase, int firstRow, int rows) {
    int first = firstRow * vertical.stride() + phaseOffset(vertical, phase);
    int toEnd = Math.ceilDiv(vertical.padded() - first, vertical.stride());
    return Math.min(rows + reach(vertical), toEnd);
  }

  /** Copies padded rows a stride apart, with the columns of one phase next to each other. */
  private void pad(
      Object image, long offset, int firstRow, int rows, float[] to, int toOffset, int spareRow) {
    int pitch = columnPhases * phaseColumns;
    if (vertical.stride() == 1 && horizontal.stride() == 1) {
      padded.copy(image, offset, 1, firstRow, firstRow + rows, to, toOffset, pitch, 0);
      return;
    }
    for (int q = 0; q < rows; q++) {
      int r = firstRow + q * vertical.stride();
      int at = toOffset + q * pitch;
      if (horizontal.stride() == 1) {
        padded.copy(image, offset, 1, r, r + 1, to, at, pitch, 0);
      } else {
        padded.copy(image, offset, 1, r, r + 1, to, spareRow, pitch, 0);
        for (int p = 0; p < columnPhases; p++) {
          int first = phaseOffset(horizontal, p);
          int count =
              Math.min(phaseColumns, Math.ceilDiv(padded.width() - first, horizontal.stride()));
          FloatRows.BEST.gather(
              to, spareRow + first, horizontal.stride(), to, at + p * phaseColumns, count);
        }
      }
    }
  }

  /** Elements of scratch that {@link #copy} needs. */
  int scratchFloats() {
    return images * phases * phaseRows * columnPhases * phaseColumns + padded.width();
  }

  /** Copies for the taps have no gaps, so neither have those of a filtered image. */
  static void copyFiltered(
      Object filtered,
      long offset,
      long imageStride,
      int images,
      int rows,
      int columns,
      float[] to,
      int toOffset) {
    if (images == 1) {
      FloatMemory.copy(filtered, offset, to, toOffset, rows * columns);
    } else if (filtered instanceof float[] array) {
      FloatRows.BEST.copyDense(
          array, (int) offset, (int) imageStride, columns, to, toOffset, rows, images, columns);
    } else {
      for (int n = 0; n < images; n++) {
        for (int r = 0; r < rows; r++) {
          FloatMemory.copy(
              filtered,
              offset + n * imageStride + (long) r * columns,
              to,
              toOffset + (r * images + n) * columns,
              columns);
        }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Bands of target rows of a direct convolution, and the tiles that they are cut into.
 *
 * @param zeros whether what surrounds the source is zeros, which change no sum of finite weights
 * @param windows vertical windows of a band
 * @param pitch elements from one row of a source's band to the next
 * @param shortest the shortest run of pixels that a kernel computes
 * @param longest the longest; there is one for each length between
 */
record DirectBands(
    DirectAxis vertical,
    DirectAxis horizontal,
    boolean zeros,
    int windows,
    int pitch,
    int shortest,
    int longest) {
  /**
   * Elements that a band may read: in single precision half of a level 2 cache of 1 MiB, more or
   * less.
   */
  static final int MOST_READ = 160 << 10;

  /** A band has at least so many pixels, for each reads all weights. */
  private static final int FEWEST_PIXELS = 192;

  /** A band is at least so many times higher than what it copies beyond its own rows. */
  private static final int REACHES = 4;

  /** Vertical windows of bands that are no larger than need be. */
  static int fewestWindows(DirectAxis vertical, DirectAxis horizontal) {
    int pixels = vertical.step() * horizontal.target();
    int fewest = Math.max(Math.ceilDiv(FEWEST_PIXELS, pixels), REACHES * vertical.reach());
    int bands = Math.max(1, vertical.windows() / fewest);
    return Math.ceilDiv(vertical.windows(), bands);
  }

  int count() {
    return Math.ceilDiv(vertical.windows(), windows);
  }

  /** The first target row of a band. */
  int firstRow(int band) {
    return Math.max(0, vertical.element(0, band * windows));
  }

  /** One more than the last target row of a band. */
  int endRow(int band) {
    return Math.min(vertical.target(), vertical.element(0, (band + 1) * windows));
  }

  /** For each band the tiles of a phase, which read all kernel rows. */
  int[][] tiles(int down, int right) {
    return perBand(band -> tiles(band, down, right, false));
  }

  /** For each band the tiles of a phase, which read the kernel rows that reach the source. */
  int[][] operandTiles(int down, int right) {
    return perBand(band -> tiles(band, down, right, zeros));
  }

  /**
   * For each band the tiles of those pixels of a phase for which one tap reads an element of the
   * source, and of some more where they are fewer than a run.
   */
  int[][] operandTiles(int down, int right, DirectAxis.Tap row, DirectAxis.Tap column) {
    int left = horizontal.firstWindow(right);
    int end = horizontal.endWindow(right);
    int first = left;
    int last = end;
    while (first < last && horizontal.isOutside(column, first)) {
      first++;
    }
    while (first < last && horizontal.isOutside(column, last - 1)) {
      last--;
    }
    int length = first < last ? Math.max(last - first, shortest) : 0;
    int from = Math.min(first, end - length);
    return perBand(
        band -> {
          DirectTiles cut = new DirectTiles(shortest, longest, horizontal.step());
          for (int window = firstWindow(band, down); window < endWindow(band, down); window++) {
            if (length > 0 && !vertical.isOutside(row, window)) {
              addRow(cut, band, down, right, window, from, length, 0, 1);
            }
          }
          return cut.finish();
        });
  }

  private int[][] perBand(IntFunction<int[]> tiles) {
    int[][] made = new int[count()][];
    for (int band = 0; band < made.length; band++) {
      int[] next = tiles.apply(band);
      boolean same = band > 0 && Arrays.equals(next, made[band - 1]);
      made[band] = same ? made[band - 1] : next;
    }
    return made;
  }

  private int[] tiles(int band, int down, int right, boolean leavesOut) {
    DirectTiles cut = new DirectTiles(shortest, longest, horizontal.step());
    int first = firstWindow(band, down);
    int end = endWindow(band, down);
    int left = horizontal.firstWindow(right);
    int length = horizontal.endWindow(right) - left;
    int kernelRows = vertical.taps(down).length;
    if (isFlat() && first < end) {
      int from = (first - band * windows) * pitch;
      int to = (first - firstRow(band)) * horizontal.target();
      cut.add((end - first) * length, from, to, 0, kernelRows);
    } else {
      for (int window = first; window < end; window++) {
        int firstKernelRow = leavesOut ? vertical.firstOperandTap(down, window) : 0;
        int endKernelRow = leavesOut ? vertical.endOperandTap(down, window) : kernelRows;
        addRow(cut, band, down, right, window, left, length, firstKernelRow, endKernelRow);
      }
    }
    return cut.finish();
  }

  private void addRow(
      DirectTiles cut,
      int band,
      int down,
      int right,
      int window,
      int left,
      int length,
      int firstKernelRow,
      int endKernelRow) {
    int row = vertical.element(down, window) - firstRow(band);
    int column = horizontal.element(right, left);
    cut.add(
        length,
        (window - band * windows) * pitch + left,
        row * horizontal.target() + column,
        firstKernelRow,
        endKernelRow);
  }

  /** The first vertical window of a phase in a band. */
  int firstWindow(int band, int down) {
    return Math.max(band * windows, vertical.firstWindow(down));
  }

  /** One more than the last vertical window of a phase in a band. */
  int endWindow(int band, int down) {
    return Math.min(Math.min((band + 1) * windows, vertical.windows()), vertical.endWindow(down));
  }

  /** Whether the rows of a band are one row: each ends where the next begins, on either side. */
  private boolean isFlat() {
    return vertical.step() == 1
        && vertical.reach() == 0
        && horizontal.step() == 1
        && pitch == horizontal.target();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.FloatPaddedImage;

/**
 * Copies bands of padded channels into lines: what the pixels of a row, or of a segment of a long
 * one, read of one row of one channel.
 *
 * <pre>
 *   element  ((segment·rows + row)·channels + channel)·LINE + column − start of the segment
 * </pre>
 *
 * <p>So all that a pixel reads, row by row and channel by channel, lies at a distance that is a
 * constant, whatever the width of the image.
 */
final class FloatImageLines {
  private static final int LINE = FloatLineKernel.LINE;

  /** Pixels of a line at most: their taps reach further. */
  private static final int MOST_PIXELS = LINE - FloatLineKernel.TAPS + 1;

  private final int channels;
  private final int rows;

  /** The source as the pixels of each segment read it. */
  private final FloatPaddedImage[] segments;

  /** For each run of pixels its first. */
  private final int[] pixels;

  /** For each run where its first pixel reads a line of row 0 and channel 0. */
  private final int[] places;

  /** For each run the pixels. */
  private final int[] lengths;

  /**
   * @param channels of a group
   * @param rows the most of a band
   */
  FloatImageLines(
      DirectAxis vertical, DirectAxis horizontal, float paddingValue, int channels, int rows) {
    this.channels = channels;
    this.rows = rows;
    int windows = horizontal.windows();
    segments = new FloatPaddedImage[segments(windows)];
    int[] starts = starts(0, windows, segments.length);
    int runs = 0;
    for (int segment = 0; segment < segments.length; segment++) {
      runs += runs(starts[segment + 1] - starts[segment]);
    }
    pixels = new int[runs];
    places = new int[runs];
    lengths = new int[runs];
    int run = 0;
    for (int segment = 0; segment < segments.length; segment++) {
      int start = starts[segment];
      int count = starts[segment + 1] - start;
      segments[segment] =
          new FloatPaddedImage(
              vertical.source(), from(horizontal.source(), start, count), paddingValue);
      int[] first = starts(start, count, runs(count));
      for (int i = 0; i + 1 < first.length; i++, run++) {
        pixels[run] = first[i];
        places[run] = segment * segmentFloats() + first[i] - start;
        lengths[run] = first[i + 1] - first[i];
      }
    }
  }

  /** Some windows of an axis. */
  private static AxisMap from(AxisMap axis, int first, int count) {
    return new AxisMap(
        axis.input(), axis.kernel(), 1, 1, axis.before() - first, count, axis.outside());
  }

  /** Cuts {@code count} pixels, as equal as can be, the longer parts first. */
  private static int[] starts(int first, int count, int parts) {
    int[] starts = new int[parts + 1];
    starts[0] = first;
    for (int part = 1; part <= parts; part++) {
      int left = first + count - starts[part - 1];
      starts[part] = starts[part - 1] + Math.ceilDiv(left, parts - part + 1);
    }
    return starts;
  }

  private static int segments(int pixels) {
    return Math.ceilDiv(pixels, MOST_PIXELS);
  }

  private static int runs(int pixels) {
    return Math.ceilDiv(pixels, FloatLineKernel.LONGEST);
  }

  /** Elements of the lines of some rows; as a double, for there may be more than a long counts. */
  static double floats(int pixels, int channels, int rows) {
    return (double) segments(pixels) * rows * channels * LINE;
  }

  /** How many runs of pixels a row has. */
  int runs() {
    return lengths.length;
  }

  /** The first pixel of a run. */
  int pixel(int run) {
    return pixels[run];
  }

  /** Pixels of a run. */
  int length(int run) {
    return lengths[run];
  }

  /** Where the first pixel of a run reads the first line of row 0. */
  int place(int run) {
    return places[run];
  }

  /** Elements from one row to the next. */
  int rowFloats() {
    return channels * LINE;
  }

  private int segmentFloats() {
    return rows * rowFloats();
  }

  /** Elements of all lines. */
  int floats() {
    return segments.length * segmentFloats();
  }

  /** Copies the padded rows [first, end) of a group's channels. */
  void copy(Object image, long offset, int first, int end, float[] to, int toOffset) {
    for (int segment = 0; segment < segments.length; segment++) {
      int at = toOffset + segment * segmentFloats();
      segments[segment].copy(image, offset, channels, first, end, to, at, rowFloats(), LINE);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.FloatPaddedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies bands of padded channels into lines: what the windows of a segment ({@link LineRuns}) read
 * of one row of one channel.
 *
 * <pre>
 *   element  ((segment·rows + row)·channels + channel)·LINE + column − start of the segment
 * </pre>
 *
 * <p>So all that a pixel reads, row by row and channel by channel, lies at a distance that is a
 * constant, whatever the width of the image. Rows of the kernel that are further apart than one are
 * neighbours as well: rows stand in order of their places modulo that distance.
 */
final class FloatImageLines {
  private static final int LINE = LineForm.LINE;

  private final LineRuns runs;
  private final int channels;

  /** Rows of a band at most. */
  private final int rows;

  /** From one row of the kernel to the next. */
  private final int spread;

  /** Rows from one vertical window to the next. */
  private final int rowStep;

  /** Elements from one horizontal window to the next. */
  private final int columnStep;

  /** The source as the windows of each segment read it. */
  private final List<FloatPaddedImage> segments = new ArrayList<>();

  /**
   * @param channels of a group
   * @param windows vertical windows of a band at most
   */
  FloatImageLines(
      DirectAxis vertical,
      DirectAxis horizontal,
      LineRuns runs,
      float paddingValue,
      int channels,
      int windows) {
    this.runs = runs;
    this.channels = channels;
    rows = rows(vertical, windows);
    spread = vertical.spread();
    rowStep = vertical.split();
    columnStep = horizontal.split();
    for (LineRuns.Segment segment : runs.segments()) {
      AxisMap columns = from(horizontal.source(), segment.first(), segment.end() - segment.first());
      segments.add(new FloatPaddedImage(vertical.source(), columns, paddingValue));
    }
  }

  /** Some windows of an axis. */
  private static AxisMap from(AxisMap axis, int first, int count) {
    return new AxisMap(
        axis.input(),
        axis.kernel(),
        axis.stride(),
        axis.dilation(),
        axis.before() - first * axis.stride(),
        count,
        axis.outside());
  }

  /** Whole rows of each place modulo the kernel's spread. */
  private static int rows(DirectAxis vertical, int windows) {
    int spread = vertical.spread();
    return Math.ceilDiv(LineRuns.places(vertical, windows), spread) * spread;
  }

  /** Elements of the lines of a band; as a double, for there may be more than a long counts. */
  static double floats(DirectAxis vertical, LineRuns runs, int channels, int windows) {
    return (double) runs.segments().size() * rows(vertical, windows) * channels * LINE;
  }

  /** Where a window of a run begins in row 0 of channel 0. */
  int place(LineRuns.Run run, int window) {
    int first = runs.segments().get(run.segment()).first();
    return run.segment() * segmentFloats() + (window - first) * columnStep;
  }

  /** How many elements further on the same stands for a row of the band. */
  int row(int row) {
    return (row % spread * (rows / spread) + row / spread) * rowFloats();
  }

  /** Elements from one row of the kernel to the next. */
  private int rowFloats() {
    return channels * LINE;
  }

  private int segmentFloats() {
    return rows * rowFloats();
  }

  /** Elements of all lines. */
  int floats() {
    return segments.size() * segmentFloats();
  }

  /**
   * Copies what the vertical windows of a band from {@code first} on read of a group's channels.
   */
  void copy(Object image, long offset, int first, float[] to, int toOffset) {
    int from = first * rowStep;
    for (int segment = 0; segment < segments.size(); segment++) {
      FloatPaddedImage read = segments.get(segment);
      int last = Math.min(from + rows, read.height());
      for (int row = 0; row < Math.min(spread, last - from); row++) {
        int at = toOffset + segment * segmentFloats() + row(row);
        read.copy(
            image, offset, channels, from + row, last, spread, to, at, rowFloats(), LINE, LINE);
      }
    }
  }
}

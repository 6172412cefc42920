// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatStrips;
import dev.lanewise.internal.start.Starting;
import java.util.Arrays;

/**
 * Copies of a band of source rows, one for every shift that occurs along the horizontal axis: what
 * a tap reads at position p of the flat plane of positions, row after row without gaps, is element
 * shift + p of the copies. So vectors of neighbouring positions run on across the ends of rows and
 * no lane is lost, however short the rows.
 *
 * <pre>
 *   copies   horizontal shifts × C × vertical residues × rows × positions of a row
 * </pre>
 *
 * <p>Or {@linkplain #lines one copy} with a row of each channel behind that of the one before.
 *
 * <p>Where a vertical step is above 1, rows of one residue modulo the step are neighbours: they are
 * what one tap reads at neighbouring positions.
 */
public final class FloatShiftedCopies {
  private final PixelAxis vertical;
  private final PixelAxis horizontal;
  private final int channels;
  private final int bandRows;
  private final float paddingValue;
  private final int[] columnShifts;

  /** Elements of a row of a copy. */
  private final int width;

  /** Elements from one row of a channel to the next, and from one channel to the next. */
  private final int rowPitch;

  private final int planePitch;

  private final int[] residues;

  /** The row that each residue begins with, in steps from the first position of the band. */
  private final int[] firstQuotient;

  /** Rows of all residues before each, for a full band; behind them the sum of all. */
  private final int[] rowsBefore;

  private final boolean constant;

  /** Whether rows of native memory are copied one by one: those that fill a vector. */
  private final boolean copiesRows;

  private final int lowestShift;
  private final int stagingFloats;

  private FloatShiftedCopies(
      PixelAxis vertical,
      PixelAxis horizontal,
      int channels,
      int bandRows,
      float paddingValue,
      int[] columnShifts,
      int width,
      int line) {
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.channels = channels;
    this.bandRows = bandRows;
    this.paddingValue = paddingValue;
    this.columnShifts = columnShifts;
    this.width = width;
    int step = vertical.step();
    int[] shifts = vertical.shifts();
    int[] places = new int[shifts.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.floorMod(shifts[i], step);
    }
    residues = PixelAxis.ascending(places);
    firstQuotient = new int[residues.length];
    rowsBefore = new int[residues.length + 1];
    for (int i = 0; i < residues.length; i++) {
      int first = Integer.MAX_VALUE;
      int last = Integer.MIN_VALUE;
      for (int shift : shifts) {
        if (Math.floorMod(shift, step) == residues[i]) {
          first = Math.min(first, Math.floorDiv(shift, step));
          last = Math.max(last, Math.floorDiv(shift, step));
        }
      }
      firstQuotient[i] = first;
      rowsBefore[i + 1] = rowsBefore[i] + bandRows + last - first;
    }
    rowPitch = line > 0 ? channels * line : width;
    planePitch = line > 0 ? line : rowsBefore[residues.length] * width;
    constant = vertical.element(-1) == AxisMap.OUTSIDE && horizontal.element(-1) == AxisMap.OUTSIDE;
    copiesRows = constant && horizontal.step() == 1 && horizontal.source() >= FloatLanes.LENGTH;
    int[] ascending = vertical.distinctShifts();
    lowestShift = ascending[0];
    long span = ascending[ascending.length - 1] - (long) lowestShift;
    long staged = constant ? (bandRows - 1L) * step + span + 1 : vertical.source();
    stagingFloats = (int) Math.min(staged, vertical.source()) * horizontal.source();
  }

  /**
   * @param bandRows rows of positions, at most
   * @param paddingValue what an element outside the source is
   */
  public static FloatShiftedCopies of(
      PixelAxis vertical, PixelAxis horizontal, int channels, int bandRows, float paddingValue) {
    return new FloatShiftedCopies(
        vertical,
        horizontal,
        channels,
        bandRows,
        paddingValue,
        horizontal.distinctShifts(),
        horizontal.positions(),
        0);
  }

  /**
   * One copy for all shifts, its rows as long as they need: fewer elements to copy, but rows that
   * end. Only for a horizontal step of 1.
   */
  public static FloatShiftedCopies padded(
      PixelAxis vertical, PixelAxis horizontal, int channels, int bandRows, float paddingValue) {
    return lines(vertical, horizontal, channels, bandRows, paddingValue, 0);
  }

  /**
   * The same with the channels of a row next to each other, {@code line} elements from one to the
   * next: no less than the {@link #width()} of {@link #padded}; 0 for those.
   */
  public static FloatShiftedCopies lines(
      PixelAxis vertical,
      PixelAxis horizontal,
      int channels,
      int bandRows,
      float paddingValue,
      int line) {
    int[] shifts = horizontal.distinctShifts();
    return new FloatShiftedCopies(
        vertical,
        horizontal,
        channels,
        bandRows,
        paddingValue,
        new int[] {shifts[0]},
        horizontal.positions() + shifts[shifts.length - 1] - shifts[0],
        line);
  }

  /** Elements of a row of a copy. */
  public int width() {
    return width;
  }

  private boolean isLines() {
    return rowPitch != width;
  }

  /** Elements from one row of a channel to the next. */
  public int rowPitch() {
    return rowPitch;
  }

  /** Elements of all copies of one channel; not of lines. */
  public long channelFloats() {
    return (long) columnShifts.length * rowsBefore[residues.length] * width;
  }

  /** Elements of all copies. */
  public long floats() {
    long rows = rowsBefore[residues.length];
    return isLines() ? rows * rowPitch : channels * channelFloats();
  }

  /** Where a tap of channel c reads position 0 of a band. */
  public int shift(int channel, int verticalTap, int horizontalTap) {
    int down = vertical.shifts()[verticalTap];
    int residue = Arrays.binarySearch(residues, Math.floorMod(down, vertical.step()));
    int across = horizontal.shifts()[horizontalTap];
    int column = Math.max(Arrays.binarySearch(columnShifts, across), 0);
    int inside = across - columnShifts[column];
    int row = rowsBefore[residue] + Math.floorDiv(down, vertical.step()) - firstQuotient[residue];
    return (int)
        (column * (long) channels * rowsBefore[residues.length] * width
            + (long) channel * planePitch
            + (long) row * rowPitch
            + inside);
  }

  /** Elements of scratch for what a band reads of a channel of a source that is no array. */
  public int stagingFloats() {
    return stagingFloats;
  }

  /**
   * Fills everything with the padding value, before the first copy: with constant padding columns
   * outside the source are not written again.
   */
  public void prepare(float[] to, int toOffset) {
    Arrays.fill(to, toOffset, toOffset + (int) floats(), paddingValue);
  }

  /**
   * Copies what the positions from row {@code first} on need of every channel.
   *
   * @param source holds the channels without gaps
   * @param rows rows of positions, at most those of a band
   */
  public void copy(
      Object source,
      long sourceOffset,
      int first,
      int rows,
      float[] to,
      int toOffset,
      int staging) {
    int plane = vertical.source() * horizontal.source();
    if (source instanceof float[] || copiesRows && FloatMemory.isNative(source)) {
      copy(source, sourceOffset, channels, first, rows, to, toOffset);
      return;
    }
    int skipped = firstStaged(first) * horizontal.source();
    int staged = Math.min(stagingFloats, plane - skipped);
    for (int c = 0; c < channels; c++) {
      FloatMemory.copy(source, sourceOffset + (long) c * plane + skipped, to, staging, staged);
      int channel = toOffset + c * planePitch;
      copy(to, staging - skipped, 1, first, rows, to, channel);
    }
  }

  /** The first source row that a band reads. */
  private int firstStaged(int first) {
    long lowest = (long) first * vertical.step() + lowestShift;
    return constant ? Math.clamp(lowest, 0, vertical.source()) : 0;
  }

  /** A shift at a time, all channels in one sweep: rows are too short for a call for a few. */
  private void copy(
      Object from, long fromOffset, int planes, int first, int rows, float[] to, int at) {
    for (int shift : columnShifts) {
      for (int i = 0; i < residues.length; i++) {
        int needed = rows + rowsBefore[i + 1] - rowsBefore[i] - bandRows;
        int firstRow = (first + firstQuotient[i]) * vertical.step() + residues[i];
        int block = at + rowsBefore[i] * rowPitch;
        block(from, fromOffset, planes, firstRow, needed, shift, to, block);
      }
      at += channels * rowsBefore[residues.length] * width;
    }
  }

  /** Rows firstRow, firstRow + step and so on, at one horizontal shift. */
  private void block(
      Object from,
      long fromOffset,
      int planes,
      int firstRow,
      int rows,
      int shift,
      float[] to,
      int at) {
    int left = horizontal.firstInside(shift, 0, width);
    int right = horizontal.endInside(shift, 0, width);
    int top = vertical.firstInside(firstRow, 0, rows);
    int bottom = vertical.endInside(firstRow, 0, rows);
    int row = firstRow + top * vertical.step();
    int column = left * horizontal.step() + shift;
    if (right > left && bottom > top) {
      inside(
          from,
          fromOffset + (long) row * horizontal.source() + column,
          planes,
          to,
          at + top * rowPitch + left,
          bottom - top,
          right - left);
    }
    if (constant && bandRows == vertical.positions()) {
      return;
    }
    for (int c = 0; c < planes; c++) {
      int to0 = at + c * planePitch;
      if (constant) {
        pad(to, to0, 0, top);
        pad(to, to0, bottom, rows);
      } else {
        long plane = fromOffset + (long) c * vertical.source() * horizontal.source();
        for (int r = 0; r < rows; r++) {
          boolean inside = r >= top && r < bottom;
          int mapped = vertical.element(firstRow + r * vertical.step());
          surround(from, plane, mapped, shift, 0, inside ? left : width, to, to0 + r * rowPitch);
          if (inside) {
            surround(from, plane, mapped, shift, right, width, to, to0 + r * rowPitch);
          }
        }
      }
    }
  }

  /** Rows [begin, end) of a channel. */
  private void pad(float[] to, int at, int begin, int end) {
    if (!isLines()) {
      Arrays.fill(to, at + begin * width, at + end * width, paddingValue);
      return;
    }
    for (int row = begin; row < end; row++) {
      Arrays.fill(to, at + row * rowPitch, at + row * rowPitch + width, paddingValue);
    }
  }

  /** What lies inside the source: {@code columns} of some rows of every plane. */
  private void inside(
      Object from, long fromOffset, int planes, float[] to, int at, int rows, int columns) {
    int fromPlane = vertical.source() * horizontal.source();
    int fromPitch = vertical.step() * horizontal.source();
    if (from instanceof float[] array) {
      Starting<FloatStrips> starting = FloatStrips.of(horizontal.step(), columns);
      FloatStrips strips = starting.kernel();
      long since = starting.clock(strips);
      strips.gather(
          array,
          (int) fromOffset,
          fromPlane,
          fromPitch,
          horizontal.step(),
          to,
          at,
          planePitch,
          rowPitch,
          planes,
          rows,
          columns);
      starting.ran(strips, since);
    } else {
      for (int c = 0; c < planes; c++) {
        FloatMemory.copyBlock(
            from,
            fromOffset + (long) c * fromPlane,
            fromPitch,
            to,
            at + c * planePitch,
            rowPitch,
            rows,
            columns);
      }
    }
  }

  /** Positions [begin, end) of a row, element by element. */
  private void surround(
      Object from, long fromOffset, int row, int shift, int begin, int end, float[] to, int at) {
    for (int p = begin; p < end; p++) {
      int column = horizontal.element(p * horizontal.step() + shift);
      to[at + p] =
          row == AxisMap.OUTSIDE || column == AxisMap.OUTSIDE
              ? paddingValue
              : FloatMemory.get(from, fromOffset + (long) row * horizontal.source() + column);
    }
  }
}

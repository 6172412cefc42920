// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.PixelAxis;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * Bands of a {@link FloatRollingFilter} without copies: rows of a source are read where they stand,
 * and what is beside them is masked. With the bits of the copies.
 */
final class FloatRollingInPlace {
  private static final int ROWS = FloatRollingTileInPlace.ROWS;

  /** The most elements of a source: larger ones, read tile by tile, fall out of the caches. */
  private static final int MOST_SOURCE = 64 << 10;

  /** With fewer terms a tile of a single vector is begun and written too often. */
  private static final int FEWEST_TERMS = 16;

  private final PixelAxis vertical;
  private final PixelAxis horizontal;
  private final int channels;
  private final float paddingValue;
  private final int kernelWidth;

  /** Where every term reads position 0 of a source. */
  private final int[] shifts;

  /** The first position of each column of vectors. */
  private final int[] columns;

  /** Column by column, for each term the lanes that lie inside a row. */
  private final long[] inside;

  /** Elements that vectors read before the first and behind the last of the source. */
  private final int before;

  private final int behind;

  FloatRollingInPlace(PixelAxis vertical, PixelAxis horizontal, int channels, float paddingValue) {
    this.vertical = vertical;
    this.horizontal = horizontal;
    this.channels = channels;
    this.paddingValue = paddingValue;
    int[] taps = horizontal.taps()[0];
    kernelWidth = taps.length;
    before = -horizontal.shifts()[taps[0]];
    behind =
        horizontal.positions() + horizontal.shifts()[taps[kernelWidth - 1]] - horizontal.source();
    int plane = vertical.source() * horizontal.source();
    int down = vertical.shifts()[vertical.taps()[0][0]] * horizontal.source();
    int lanes = FloatLanes.LENGTH;
    shifts = new int[channels * kernelWidth];
    columns = new int[Math.ceilDiv(horizontal.positions(), lanes)];
    inside = new long[columns.length * shifts.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Math.min(i * lanes, horizontal.positions() - lanes);
    }
    for (int k = 0; k < shifts.length; k++) {
      int across = horizontal.shifts()[taps[k % kernelWidth]];
      shifts[k] = k / kernelWidth * plane + down + across;
      for (int i = 0; i < columns.length; i++) {
        int first = horizontal.firstInside(across, columns[i], lanes);
        int end = horizontal.endInside(across, columns[i], lanes);
        inside[i * shifts.length + k] = (1L << end) - (1L << first);
      }
    }
  }

  /** Whether there is a tile for windows of that height, and one fits. */
  static boolean applies(PixelAxis vertical, PixelAxis horizontal, int channels) {
    int[] rows = vertical.taps()[0];
    int above = -vertical.shifts()[rows[0]];
    int below = vertical.positions() + vertical.shifts()[rows[rows.length - 1]] - vertical.source();
    return Machine.MASKED_MEMORY
        && rows.length == 3
        && channels * (long) horizontal.taps()[0].length >= FEWEST_TERMS
        && Math.max(above, below) <= FloatRollingTileInPlace.MOST_OUTSIDE
        && vertical.element(-1) == AxisMap.OUTSIDE
        && horizontal.element(-1) == AxisMap.OUTSIDE
        && vertical.positions() >= ROWS
        && horizontal.positions() >= FloatLanes.LENGTH
        && channels * (long) vertical.source() * horizontal.source() <= MOST_SOURCE;
  }

  /**
   * The tile that reads and writes a kind of memory: a {@link FloatRollingTileInPlace} arrays, a
   * {@link FloatRollingTileInPlaceOfSegments} native memory.
   */
  static Starting<?> tile(Object source) {
    return source instanceof float[]
        ? FloatRollingTileInPlace.THREE
        : FloatRollingTileInPlaceOfSegments.THREE;
  }

  /**
   * Whether there is a tile for such memory, a band is as high as it, and vectors that reach beyond
   * the source find memory.
   */
  boolean applies(Object source, long sourceOffset, Object target, int rows) {
    boolean arrays = source instanceof float[] && target instanceof float[];
    boolean outsideTheHeap = FloatMemory.isNative(source) && FloatMemory.isNative(target);
    if (rows < ROWS || !arrays && !outsideTheHeap) {
      return false;
    }
    long elements = channels * (long) vertical.source() * horizontal.source();
    return sourceOffset >= before && sourceOffset + elements + behind <= FloatMemory.length(source);
  }

  /**
   * A band of rows of positions.
   *
   * @param tile of the kind of memory of source and target
   * @param first the first of them
   */
  void band(
      Object tile,
      int first,
      int rows,
      Object source,
      long sourceOffset,
      float[] weight,
      int weightOffset,
      float bias,
      Object target,
      long targetOffset) {
    int[] taps = vertical.taps()[0];
    int top = vertical.shifts()[taps[0]];
    int width = horizontal.positions();
    for (int r = 0; r < rows; r += ROWS) {
      int row = Math.min(r, rows - ROWS);
      int above = Math.max(-(first + row + top), 0);
      int below = Math.max(first + row + ROWS + top + taps.length - 1 - vertical.source(), 0);
      for (int i = 0; i < columns.length; i++) {
        long from = sourceOffset + (long) (first + row) * horizontal.source() + columns[i];
        long to = targetOffset + (long) row * width + columns[i];
        if (tile instanceof FloatRollingTileInPlace ofArrays) {
          ofArrays.run(
              above,
              below,
              shifts.length,
              shifts,
              inside,
              i * shifts.length,
              paddingValue,
              (float[]) source,
              (int) from,
              horizontal.source(),
              weight,
              weightOffset,
              bias,
              (float[]) target,
              (int) to,
              width);
        } else {
          ((FloatRollingTileInPlaceOfSegments) tile)
              .run(
                  above,
                  below,
                  shifts.length,
                  shifts,
                  inside,
                  i * shifts.length,
                  paddingValue,
                  (MemorySegment) source,
                  from,
                  horizontal.source(),
                  weight,
                  weightOffset,
                  bias,
                  (MemorySegment) target,
                  to,
                  width);
        }
      }
    }
  }
}

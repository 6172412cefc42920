// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.conv.FloatShiftedCopies;
import dev.lanewise.internal.conv.PixelAxis;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * A direct sum for one filter per group without stride: depthwise convolutions and what makes a
 * single channel of many. Neighbouring pixels are in the lanes and a row of the source, once
 * loaded, serves all the rows of a {@link FloatRollingTile}.
 *
 * <p>A band of rows of the source is copied once, with what surrounds it, or read where it stands
 * ({@link FloatRollingInPlace}). Backwards the same with flipped weights.
 */
public final class FloatRollingFilter implements FloatFilter {
  /** Elements of a vector that the costs are fitted to. */
  private static final double LANES = 16;

  /** What the copies of a band should take of a first cache of 32 KiB, if few rows are shared. */
  private static final int BAND = (20 << 10) / Float.BYTES;

  /** What they may take of a second one, where many channels are summed. */
  private static final int MOST_BAND = (256 << 10) / Float.BYTES;

  private static final int ROWS = FloatRollingTile.ROWS;

  /** Wider windows have tables that are not worth their while. */
  private static final int MOST_TAPS = 16;

  private final boolean forward;
  private final FloatEpilogue epilogue;
  private final PixelAxis vertical;
  private final PixelAxis horizontal;
  private final int parts;
  private final int groups;
  private final int channels;
  private final int kernelWidth;
  private final FloatRollingTile tile;
  private final FloatShiftedCopies copies;
  private final int bandRows;
  private final int bands;
  private final int lanes = FloatLanes.LENGTH;

  /** What reads sources where they stand; null if nothing does. */
  private final FloatRollingInPlace inPlace;

  /** Rows of a tile: those of both of its vectors where a row has but one. */
  private final int step;

  /** Where every term, a channel and a column of its window, reads position 0 of a band. */
  private final int[] shifts;

  private FloatRollingFilter(ConvShape shape, FloatEpilogue epilogue, boolean forward) {
    this.forward = forward;
    this.epilogue = epilogue;
    ColumnShape columns = shape.columns();
    vertical = PixelAxis.of(columns.vertical(), forward);
    horizontal = PixelAxis.of(columns.horizontal(), forward);
    groups = shape.groups();
    channels = forward ? columns.channels() : shape.filters();
    kernelWidth = columns.horizontal().kernel();
    tile = FloatRollingTile.of(columns.vertical().kernel());
    step = horizontal.positions() > FloatLanes.LENGTH ? ROWS : 2 * ROWS;
    bandRows = bandRows(channels, vertical, horizontal);
    bands = Math.ceilDiv(vertical.positions(), bandRows);
    parts = shape.batch() * bands;
    float paddingValue = forward ? (float) columns.paddingValue() : 0;
    copies = FloatShiftedCopies.padded(vertical, horizontal, channels, bandRows, paddingValue);
    inPlace =
        FloatRollingInPlace.applies(vertical, horizontal, channels)
            ? new FloatRollingInPlace(vertical, horizontal, channels, paddingValue)
            : null;
    shifts = new int[channels * kernelWidth];
    int term = 0;
    for (int c = 0; c < channels; c++) {
      for (int kw : horizontal.taps()[0]) {
        shifts[term++] = copies.shift(c, vertical.taps()[0][0], kw);
      }
    }
  }

  /** From images to filtered images. */
  public static FloatRollingFilter forward(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatRollingFilter(shape, epilogue, true);
  }

  /** From filtered images to images. */
  public static FloatRollingFilter backwardInput(ConvShape shape, FloatEpilogue epilogue) {
    return new FloatRollingFilter(shape, epilogue, false);
  }

  public static boolean appliesForward(ConvShape shape) {
    return shape.filters() == 1 && applies(shape, true);
  }

  /** What padding takes from the image is no sum of this kind. */
  public static boolean appliesBackwardInput(ConvShape shape) {
    AxisMap v = shape.columns().vertical();
    AxisMap h = shape.columns().horizontal();
    return shape.columns().channels() == 1
        && !v.repeatsInput()
        && !h.repeatsInput()
        && applies(shape, false);
  }

  /** Where vectors multiply and add in one instruction, and everything fits the workspace. */
  private static boolean applies(ConvShape shape, boolean forward) {
    AxisMap v = shape.columns().vertical();
    AxisMap h = shape.columns().horizontal();
    if (!Machine.SIMD
        || !Machine.FMA
        || FloatRollingTile.of(v.kernel()) == null
        || h.kernel() > MOST_TAPS
        || v.stride() > 1
        || h.stride() > 1
        || v.dilation() > 1
        || Math.min(v.output(), h.output()) == 0
        || Math.max(shape.imageGroup(), shape.filteredGroup()) > Integer.MAX_VALUE / 2) {
      return false;
    }
    int channels = forward ? shape.columns().channels() : shape.filters();
    PixelAxis vertical = PixelAxis.of(v, forward);
    PixelAxis horizontal = PixelAxis.of(h, forward);
    int rows = bandRows(channels, vertical, horizontal);
    FloatShiftedCopies copies = FloatShiftedCopies.padded(vertical, horizontal, channels, rows, 0);
    return copies.floats()
            + copies.stagingFloats()
            + (rows + 4L * ROWS) * (copies.width() + 2L * FloatLanes.LENGTH)
        <= FloatFilter.MOST_SCRATCH;
  }

  /** Its share of the multiply-add peak, predicted. */
  public static double rateForward(ConvShape shape) {
    return rate(shape, true);
  }

  /** Its share of the multiply-add peak, predicted. */
  public static double rateBackwardInput(ConvShape shape) {
    return rate(shape, false);
  }

  /** Of pixels copied, computed and written; computed ones fill whole tiles. */
  private static double rate(ConvShape shape, boolean forward) {
    ColumnShape columns = shape.columns();
    PixelAxis vertical = PixelAxis.of(columns.vertical(), forward);
    PixelAxis horizontal = PixelAxis.of(columns.horizontal(), forward);
    double width = horizontal.positions();
    double computed = Math.ceil(width / LANES) * LANES / width;
    double products = columns.taps() * (double) (forward ? columns.channels() : shape.filters());
    double copied = products / columns.taps() * Math.max(1, LANES / width);
    return products / (products * 1.7 * computed + 12 * copied + 8 * computed);
  }

  /** Rows of positions of a band; all bands about equal. */
  private static int bandRows(int channels, PixelAxis vertical, PixelAxis horizontal) {
    FloatShiftedCopies one = FloatShiftedCopies.padded(vertical, horizontal, channels, 1, 0);
    long row = (long) channels * one.width();
    long shared = one.floats() - row;
    long most =
        Math.max((BAND - shared) / row, Math.min((MOST_BAND - shared) / row, 8 * shared / row));
    int rows = Math.clamp(most, Math.min(2 * ROWS, vertical.positions()), vertical.positions());
    return Math.ceilDiv(vertical.positions(), Math.ceilDiv(vertical.positions(), rows));
  }

  @Override
  public String describe() {
    return ("rolling rows, pixels in the lanes: one filter per group, tiles of %d rows for windows of"
            + " %d, bands of %d of %d rows copied%s")
        .formatted(
            step,
            tile.height(),
            bandRows,
            vertical.positions(),
            inPlace == null ? "" : ", or read in place");
  }

  @Override
  public boolean addsZeros() {
    return !forward;
  }

  @Override
  public int weightBlocks() {
    return groups;
  }

  @Override
  public int weightBlockFloats() {
    return shifts.length * tile.height();
  }

  /** Channel by channel, the columns of its window. */
  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    long from = weightOffset + (long) block * weightBlockFloats();
    int at = packedOffset;
    for (int c = 0; c < channels; c++) {
      for (int kw : horizontal.taps()[0]) {
        for (int kh : vertical.taps()[0]) {
          packed[at++] = FloatMemory.get(weight, from + (long) kh * kernelWidth + kw);
        }
      }
      from += (long) tile.height() * kernelWidth;
    }
  }

  @Override
  public int parts() {
    return parts;
  }

  @Override
  public int workspaceFloats() {
    return stagingAt() + copies.stagingFloats();
  }

  // The scratch: copies and what tiles read behind them, a plane of results and what tiles write
  // behind it, the source's channel on its way from native memory.

  private int resultsAt() {
    return (int) copies.floats() + step * copies.width() + 2 * lanes;
  }

  private int stagingAt() {
    return resultsAt() + Math.max(bandRows, step) * horizontal.positions() + 2 * lanes;
  }

  @Override
  public void run(
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    boolean prepared = false;
    int results = workspaceOffset + resultsAt();
    int width = horizontal.positions();
    long sourceGroup = (long) channels * vertical.source() * horizontal.source();
    long targetGroup = (long) vertical.target() * width;
    for (int part = firstPart; part < endPart; part++) {
      int first = part % bands * bandRows;
      int rows = Math.min(bandRows, vertical.positions() - first);
      for (int block = firstBlock; block < endBlock; block++) {
        long group = (long) part / bands * groups + block;
        long at = targetOffset + group * targetGroup + (long) first * width;
        int packed = (int) weightOffset + (block - firstBlock) * weightBlockFloats();
        float start = bias == null ? 0 : FloatMemory.get(bias, biasOffset + block);
        long residualAt = residualOffset + group * targetGroup + (long) first * width;
        long groupAt = sourceOffset + group * sourceGroup;
        Starting<?> reading =
            inPlace != null && inPlace.applies(source, groupAt, target, rows)
                ? FloatRollingInPlace.tile(source)
                : null;
        Object reader = reading == null ? null : reading.kernel();
        if (reader != null) {
          inPlace.band(
              reader, first, rows, source, groupAt, (float[]) weight, packed, start, target, at);
          epilogue.apply(target, at, residual, residualAt, (long) rows * width);
          continue;
        }
        long sinceReading = reading == null ? 0 : reading.clock(null);
        if (!prepared) {
          copies.prepare(workspace, workspaceOffset);
          prepared = true;
        }
        copies.copy(
            source,
            groupAt,
            first,
            rows,
            workspace,
            workspaceOffset,
            workspaceOffset + stagingAt());
        boolean whole = width >= lanes && rows >= step;
        Starting<FloatRollingTileToSegment> toSegment =
            whole && FloatMemory.isNative(target) ? FloatRollingTileToSegment.of(tile) : null;
        FloatRollingTileToSegment nativeForm = toSegment == null ? null : toSegment.kernel();
        long since = toSegment == null ? 0 : toSegment.clock(nativeForm);
        if (whole && target instanceof float[] || nativeForm != null) {
          sums(
              rows,
              (float[]) weight,
              packed,
              start,
              workspace,
              workspaceOffset,
              nativeForm,
              target,
              at);
        } else {
          sums(
              Math.max(rows, step),
              (float[]) weight,
              packed,
              start,
              workspace,
              workspaceOffset,
              null,
              workspace,
              results);
          FloatMemory.copy(workspace, results, target, at, rows * width);
        }
        if (toSegment != null) {
          toSegment.ran(nativeForm, since);
        }
        if (reading != null) {
          reading.ran(null, sinceReading);
        }
        epilogue.apply(target, at, residual, residualAt, (long) rows * width);
      }
    }
  }

  /**
   * All columns of a band, two vectors at a time.
   *
   * @param nativeForm what runs if the target is native; null if it is an array
   */
  private void sums(
      int rows,
      float[] weight,
      int weightOffset,
      float bias,
      float[] source,
      int sourceOffset,
      FloatRollingTileToSegment nativeForm,
      Object target,
      long targetOffset) {
    int width = horizontal.positions();
    int last = Math.max(width - lanes, 0);
    for (int column = 0; column < width; column += 2 * lanes) {
      int x = Math.min(column, last);
      int across = Math.min(column + lanes, last) - x;
      boolean further = step > ROWS;
      int second = further ? ROWS * copies.width() : across;
      int targetSecond = further ? ROWS * width : across;
      if (nativeForm == null) {
        tile.run(
            rows,
            step,
            second,
            targetSecond,
            shifts.length,
            shifts,
            source,
            sourceOffset + x,
            copies.width(),
            weight,
            weightOffset,
            bias,
            (float[]) target,
            (int) targetOffset + x,
            width);
      } else {
        nativeForm.run(
            rows,
            step,
            second,
            targetSecond,
            shifts.length,
            shifts,
            source,
            sourceOffset + x,
            copies.width(),
            weight,
            weightOffset,
            bias,
            (MemorySegment) target,
            targetOffset + x,
            width);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.conv.FloatShiftedCopies;
import dev.lanewise.internal.conv.PixelAxis;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;

/**
 * Windows of 3×3 side by side over rows that fill vectors, for few channels: pixels in the lanes,
 * and the window slides down ({@link FloatSlidingTile}).
 *
 * <p>A band of rows of one image is copied with its padding; every tap reads the same copy. The
 * filtered planes are read where they are. Sums stay in scratch over the whole batch, a vector for
 * each weight, whose lanes are added up at the end.
 *
 * <p>Order of a weight's sum: the pixels of a lane by image, band, column and row, then the lanes,
 * halving.
 */
public final class FloatSlidingBackwardWeight implements FloatBackwardWeight {
  private static final int TAPS = FloatSlidingTile.KERNEL * FloatSlidingTile.KERNEL;

  /** Elements for the copy of a band: it stays in a level-2 cache of 1 MiB. */
  private static final int MOST_COPIED = 128 << 10;

  /** Elements for the vectors of sums. */
  private static final int MOST_SUMS = 128 << 10;

  /** Elements of a band's filtered planes on their way from native memory. */
  private static final int MOST_FILTERED = 256 << 10;

  /** Elements of the planes of a tile that stay in a level-1 cache of 32 KiB. */
  private static final int MOST_PLANES = 6 << 10;

  private final ConvShape shape;
  private final ColumnShape columns;
  private final int filtersPerPart;
  private final int parts;
  private final int filtersAtOnce;
  private final int bandRows;
  private final FloatShiftedCopies copies;
  private final int channelFloats;

  public FloatSlidingBackwardWeight(ConvShape shape) {
    this.shape = shape;
    columns = shape.columns();
    filtersPerPart = FloatSlidingTile.ALL.size();
    parts = Math.ceilDiv(shape.filters(), filtersPerPart);
    bandRows = bandRows(columns);
    int most =
        Math.min(
            MOST_SUMS / (filtersPerPart * filterSums()),
            MOST_FILTERED / (filtersPerPart * bandRows * columns.outWidth()));
    filtersAtOnce = Math.clamp(most, 1, parts) * filtersPerPart;
    copies = copies(columns, bandRows, (float) columns.paddingValue());
    channelFloats = (int) copies.channelFloats();
  }

  /** Whether the machine has the registers, the windows are such, and the scratch is enough. */
  public static boolean applies(ConvShape shape) {
    ColumnShape columns = shape.columns();
    // Both filters' sums, the window and they themselves fit 32 registers.
    return Machine.SIMD
        && Machine.FMA
        && Machine.REGISTERS >= 32
        && isUnit(columns.vertical())
        && isUnit(columns.horizontal())
        && columns.outWidth() >= FloatLanes.LENGTH
        && columns.outHeight() > 0
        && Math.max(shape.imageGroup(), shape.filteredGroup()) <= Integer.MAX_VALUE / 2
        && copied(columns, 1) <= MOST_COPIED
        && 2L * columns.rows() * FloatLanes.LENGTH <= MOST_SUMS;
  }

  private static boolean isUnit(AxisMap axis) {
    return axis.kernel() == FloatSlidingTile.KERNEL && axis.stride() == 1 && axis.dilation() == 1;
  }

  /** The share of the multiply-add peak to expect. */
  public static double rate(ConvShape shape) {
    ColumnShape columns = shape.columns();
    int lanes = FloatLanes.LENGTH;
    int width = columns.outWidth();
    double vectors = Math.ceilDiv(width, lanes);
    int rows = bandRows(columns);
    // A filter alone takes two thirds of two; a column's start as much as two rows.
    double used = shape.filters() / (shape.filters() + shape.filters() % 2 / 3.0);
    double column = rows / (rows + 2.0);
    double sums = 1 / (1 + 4 / (vectors * rows));
    return 0.9 * used * column * sums * (width / (vectors * lanes)) / (1 + 0.5 / shape.filters());
  }

  private static long copied(ColumnShape columns, int bandRows) {
    return copies(columns, bandRows, 0).floats();
  }

  private static FloatShiftedCopies copies(ColumnShape columns, int bandRows, float paddingValue) {
    return FloatShiftedCopies.padded(
        PixelAxis.forward(columns.vertical()),
        PixelAxis.forward(columns.horizontal()),
        columns.channels(),
        bandRows,
        paddingValue);
  }

  /** The height of the fewest equal bands that fit the caches. */
  private static int bandRows(ColumnShape columns) {
    int height = columns.outHeight();
    int most =
        Math.clamp(MOST_PLANES / (3 * columns.outWidth()), 1, Math.min(height, LoopStrip.MOST));
    int bands = Math.ceilDiv(height, most);
    while (copied(columns, Math.ceilDiv(height, bands)) > MOST_COPIED) {
      bands++;
    }
    return Math.ceilDiv(height, bands);
  }

  @Override
  public String describe() {
    return "windows slide over pixels in %d lanes, %d filters at a time; bands of %d rows, padded"
        .formatted(FloatLanes.LENGTH, filtersPerPart, bandRows);
  }

  @Override
  public int parts() {
    return shape.groups() * parts;
  }

  /** Elements of the sums of one filter. */
  private int filterSums() {
    return columns.rows() * FloatLanes.LENGTH;
  }

  // The scratch: sums, then either what adding up their lanes takes, or a band's copy, the filtered
  // planes on their way from native memory and a channel on its way.

  private int sumFloats() {
    return Math.min(filtersAtOnce, shape.filters()) * filterSums();
  }

  private int filteredFloats() {
    return Math.min(filtersAtOnce, shape.filters()) * bandRows * columns.outWidth();
  }

  @Override
  public int workspaceFloats() {
    int band = (int) copies.floats() + filteredFloats() + copies.stagingFloats();
    return sumFloats() + Math.max(sumFloats(), band);
  }

  @Override
  public void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    for (int part = firstPart; part < endPart; ) {
      int group = part / parts;
      int first = part % parts;
      int count = Math.min(Math.min(filtersAtOnce / filtersPerPart, parts - first), endPart - part);
      int filter = first * filtersPerPart;
      int filters = Math.min(count * filtersPerPart, shape.filters() - filter);
      FloatMemory.fill(workspace, workspaceOffset, (long) filters * filterSums(), 0);
      copies.prepare(workspace, workspaceOffset + sumFloats());
      for (int n = 0; n < shape.batch(); n++) {
        image(
            images,
            imagesOffset + n * shape.image() + group * shape.imageGroup(),
            filtered,
            filteredOffset
                + n * shape.filtered()
                + group * shape.filteredGroup()
                + (long) filter * columns.windows(),
            filters,
            workspace,
            workspaceOffset);
      }
      FloatLaneSums.add(
          filters,
          columns.rows(),
          columns.rows(),
          FloatLanes.LENGTH,
          workspace,
          workspaceOffset,
          workspaceOffset + sumFloats(),
          gradWeight,
          gradWeightOffset + group * shape.weightGroup() + (long) filter * columns.rows());
      part += count;
    }
  }

  /** Some filters of a group of one image. */
  private void image(
      Object image,
      long imageOffset,
      Object filtered,
      long filteredOffset,
      int filters,
      float[] workspace,
      int sums) {
    int copy = sums + sumFloats();
    int planes = copy + (int) copies.floats();
    int staging = planes + filteredFloats();
    int width = columns.outWidth();
    for (int row = 0; row < columns.outHeight(); row += bandRows) {
      int rows = Math.min(bandRows, columns.outHeight() - row);
      copies.copy(image, imageOffset, row, rows, workspace, copy, staging);
      long at = filteredOffset + (long) row * width;
      if (filtered instanceof float[] array) {
        band(rows, filters, array, (int) at, columns.windows(), workspace, copy, sums);
      } else {
        for (int f = 0; f < filters; f++) {
          FloatMemory.copy(
              filtered,
              at + (long) f * columns.windows(),
              workspace,
              planes + f * rows * width,
              rows * width);
        }
        band(rows, filters, workspace, planes, rows * width, workspace, copy, sums);
      }
    }
  }

  private void band(
      int rows,
      int filters,
      float[] filtered,
      int filteredOffset,
      int plane,
      float[] workspace,
      int copy,
      int sums) {
    // Filters outermost: their planes stay in the level-1 cache while the channels pass by.
    for (int f = 0; f < filters; f += filtersPerPart) {
      Starting<FloatSlidingTile> tile =
          FloatSlidingTile.ALL.get(Math.min(filtersPerPart, filters - f) - 1);
      FloatSlidingTile kernel = tile.kernel();
      long since = tile.clock(kernel);
      for (int c = 0; c < columns.channels(); c++) {
        kernel.accumulate(
            rows,
            columns.outWidth(),
            workspace,
            copy + c * channelFloats,
            copies.width(),
            filtered,
            filteredOffset + f * plane,
            plane,
            workspace,
            sums + f * filterSums() + c * TAPS * FloatLanes.LENGTH,
            filterSums());
      }
      tile.ran(kernel, since);
    }
  }
}

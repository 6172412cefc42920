// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatTranspose;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;

/**
 * Many filters: filters in the lanes, what a tap reads as broadcasts.
 *
 * <p>The filtered planes of a band are transposed, so that the filters of a pixel are neighbours;
 * the sums, rows of the col matrix × filters, are transposed back at the end.
 *
 * <p>Order of a weight's sum: the pixels of a band by row, then the bands by row and image.
 */
final class FloatChannelLanesBackwardWeight extends FloatBandedBackwardWeight {
  /** Elements for the copies of a band: they stay in a level-2 cache of 1 MiB. */
  private static final int MOST_COPIED = 136 << 10;

  /** Elements for the sums. */
  private static final int MOST_SUMS = 232 << 10;

  /**
   * Rows of sums to transpose at once; not a power of two, whose columns would share cache sets.
   */
  private static final int ROWS_AT_ONCE = 72;

  /** Pixels that outweigh the start and the end of a tile. */
  private static final int ENOUGH_PIXELS = 200;

  private final Starting<FloatBroadcastTile> tile;
  private final int width;
  private final int filtersAtOnce;

  FloatChannelLanesBackwardWeight(ConvShape shape) {
    this(shape, tile(shape));
  }

  private FloatChannelLanesBackwardWeight(ConvShape shape, Starting<FloatBroadcastTile> tile) {
    this(shape, tile, cut(shape, tile.kernel()));
  }

  private FloatChannelLanesBackwardWeight(
      ConvShape shape, Starting<FloatBroadcastTile> tile, Cut cut) {
    super(shape, cut);
    this.tile = tile;
    width = tile.kernel().columns();
    filtersAtOnce = cut.filtersAtOnce();
  }

  /** Whether the machine has vectors and what a tile needs fits the scratch. */
  static boolean applies(ConvShape shape) {
    return Machine.SIMD
        && copied(shape, 1, 1) <= MOST_COPIED
        && tileSums(shape, tile(shape).kernel()) <= MOST_SUMS;
  }

  /** The share of the multiply-add peak to expect. */
  static double rate(ConvShape shape) {
    FloatBroadcastTile tile = tile(shape).kernel();
    Cut cut = cut(shape, tile);
    int filters = shape.filters();
    int rows = shape.columns().rows();
    double used = (double) filters * rows / products(shape, tile);
    double pixels = (double) cut.images() * cut.bandRows() * shape.columns().outWidth();
    boolean inPlace = shape.columns().isImage() && cut.images() == 1;
    int filtersAtOnce = Math.min(filters, cut.filtersAtOnce());
    double copies =
        14.0 / rows + (inPlace ? 0 : 4.0 / (filtersAtOnce * shape.columns().vertical().kernel()));
    double finish = 60.0 / Math.max(1, (double) shape.batch() * shape.columns().windows());
    return 0.9 * used * pixels / (pixels + 5) / (1 + copies + finish);
  }

  /** Of the tiles whose sums fit the scratch the one that computes the least that is not wanted. */
  private static Starting<FloatBroadcastTile> tile(ConvShape shape) {
    Starting<FloatBroadcastTile> best = null;
    for (Starting<FloatBroadcastTile> candidate : FloatBroadcastTile.ALL) {
      boolean fits = tileSums(shape, candidate.kernel()) <= MOST_SUMS;
      if (best == null
          || fits && products(shape, candidate.kernel()) < products(shape, best.kernel())) {
        best = candidate;
      }
    }
    return best;
  }

  private static long products(ConvShape shape, FloatBroadcastTile tile) {
    long tiles = Math.ceilDiv(shape.filters(), tile.columns());
    return tiles * tile.columns() * paddedRows(shape, tile.rows());
  }

  /** Elements of the sums of one tile's filters. */
  private static long tileSums(ConvShape shape, FloatBroadcastTile tile) {
    return (long) tile.columns() * paddedRows(shape, tile.rows());
  }

  private static Cut cut(ConvShape shape, FloatBroadcastTile tile) {
    int images = images(shape, ENOUGH_PIXELS, MOST_COPIED);
    int tiles = Math.ceilDiv(shape.filters(), tile.columns());
    return new Cut(
        tile.rows(),
        tile.columns(),
        (int) Math.min(MOST_SUMS / tileSums(shape, tile), tiles) * tile.columns(),
        images,
        bandRows(shape, images, 1, MOST_COPIED),
        0);
  }

  @Override
  public String describe() {
    return "filters in the lanes, tile %dx%d; %s"
        .formatted(tile.kernel().rows(), width, describeCut());
  }

  @Override
  int sumFloats() {
    return filtersAtOnce * paddedRows;
  }

  @Override
  int multiplyFloats(int pixels) {
    return pixels * filtersAtOnce;
  }

  @Override
  int finishFloats() {
    return width * ROWS_AT_ONCE;
  }

  @Override
  void multiply(
      int filters,
      int pixels,
      float[] filtered,
      int filteredOffset,
      int filteredStride,
      float[] images,
      int imagesOffset,
      int[] taps,
      float[] workspace,
      int sums,
      int transposed) {
    for (int f = 0; f < filters; f += width) {
      FloatTranspose.BEST.run(
          filtered,
          filteredOffset + f * filteredStride,
          filteredStride,
          Math.min(width, filters - f),
          workspace,
          transposed + f * pixels,
          width,
          pixels);
    }
    FloatBroadcastTile kernel = tile.kernel();
    long since = tile.clock(kernel);
    // Taps outermost: their rows are scattered and read once; transposed planes are one stream.
    for (int j = 0; j < paddedRows; j += kernel.rows()) {
      for (int f = 0; f < filters; f += width) {
        kernel.accumulate(
            pixels,
            images,
            imagesOffset,
            taps,
            j,
            workspace,
            transposed + f * pixels,
            workspace,
            sums + f * paddedRows + j * width);
      }
    }
    tile.ran(kernel, since);
  }

  @Override
  void finish(
      int filters,
      float[] workspace,
      int sums,
      int byFilter,
      Object gradWeight,
      long gradWeightOffset) {
    int rows = columns.rows();
    for (int f = 0; f < filters; f += width) {
      int present = Math.min(width, filters - f);
      for (int j = 0; j < rows; j += ROWS_AT_ONCE) {
        int count = Math.min(ROWS_AT_ONCE, rows - j);
        FloatTranspose.BEST.run(
            workspace,
            sums + f * paddedRows + j * width,
            width,
            count,
            workspace,
            byFilter,
            ROWS_AT_ONCE,
            present);
        for (int i = 0; i < present; i++) {
          FloatMemory.add(
              workspace,
              byFilter + i * ROWS_AT_ONCE,
              gradWeight,
              gradWeightOffset + (long) (f + i) * rows + j,
              count);
        }
      }
    }
  }
}

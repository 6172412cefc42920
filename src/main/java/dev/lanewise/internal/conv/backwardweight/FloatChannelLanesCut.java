// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatLines;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.start.Starting;

/**
 * How {@link FloatChannelLanesBackwardWeight} cuts a pass.
 *
 * @param tile what multiplies
 * @param mirrored whether the channels are in the lanes and the filters are the rows
 * @param lanes planes of one group that are in the lanes
 * @param channels planes of one group that are rows, or whose taps are
 * @param taps rows of a channel
 * @param channelsAtOnce whose sums are kept at the same time
 * @param images side by side
 * @param bandRows rows of windows in a band
 * @param shape what is cut
 */
record FloatChannelLanesCut(
    Starting<FloatBroadcastTile> tile,
    boolean mirrored,
    int lanes,
    int channels,
    int taps,
    int channelsAtOnce,
    int images,
    int bandRows,
    ConvShape shape) {
  /** Elements of all that is transposed at a time. */
  private static final int MOST_TRANSPOSED = 768 << 10;

  /**
   * Elements of the transposed planes of a band that rows pass by: a quarter of a level-2 cache of
   * 1 MiB.
   */
  private static final int NEAR_TRANSPOSED = 64 << 10;

  /**
   * The same of all of them: the rows above and below that each band copies again weigh more than
   * what leaves that cache. With a quarter, 3×3 64→64 @56 took 2 % longer, and 5 of eight images
   * (Zen 5).
   */
  private static final int BAND_TRANSPOSED = 256 << 10;

  /** Elements of sums, which are to stay in that cache as well. */
  private static final int ENOUGH_SUMS = 72 << 10;

  /** Rows of sums beyond which the start and the end of a group of channels weigh nothing. */
  private static final int ENOUGH_ROWS = 144;

  /**
   * Pixels that outweigh the start and the end of a tile, and the calls of copies of short rows.
   */
  private static final int ENOUGH_PIXELS = 384;

  private static final int MOST_PIXELS = 1024;

  static FloatChannelLanesCut of(ConvShape shape) {
    ColumnShape columns = shape.columns();
    boolean mirrored = columns.isImage() && isMirrored(shape);
    int lanes = mirrored ? columns.channels() : shape.filters();
    int channels = mirrored ? shape.filters() : columns.channels();
    Starting<FloatBroadcastTile> tile = tile(lanes, channels * columns.taps());
    int height = Math.max(1, columns.outHeight());
    int windows = Math.max(1, columns.windows());
    int pixels = Math.clamp(BAND_TRANSPOSED / lanes, ENOUGH_PIXELS, MOST_PIXELS);
    int images = Math.clamp(Math.round((float) pixels / windows), 1, Math.max(1, shape.batch()));
    int bands = Math.clamp(Math.round((float) windows / pixels), 1, height);
    int bandRows = Math.ceilDiv(height, bands);
    // Where nothing is copied, more rows cost nothing.
    int most = Math.min(ENOUGH_SUMS / lanes, columns.isImage() ? Integer.MAX_VALUE : ENOUGH_ROWS);
    return new FloatChannelLanesCut(
        tile,
        mirrored,
        lanes,
        channels,
        columns.taps(),
        (int) Math.min(channels, channelsAtOnce(tile.kernel(), columns.taps(), Math.max(1, most))),
        images,
        bandRows,
        shape);
  }

  /** Whether to transpose the images and to write the sums as they are is less work. */
  private static boolean isMirrored(ConvShape shape) {
    double pixels = (double) shape.batch() * shape.columns().windows();
    double channels = shape.columns().channels();
    double filters = shape.filters();
    return channels * pixels < filters * pixels + 3 * channels * filters;
  }

  /** Of the tiles the one that takes the least time. */
  private static Starting<FloatBroadcastTile> tile(int lanes, int rows) {
    Starting<FloatBroadcastTile> best = null;
    for (Starting<FloatBroadcastTile> candidate : FloatBroadcastTile.ALL) {
      if (best == null
          || work(candidate.kernel(), lanes, rows) < work(best.kernel(), lanes, rows)) {
        best = candidate;
      }
    }
    return best;
  }

  /** Multiply-adds, also of lanes and rows that are not wanted, and loads. */
  private static double work(FloatBroadcastTile tile, int lanes, int rows) {
    int vectors = tile.columns() / FloatLanes.LENGTH;
    double loads = (double) (tile.rows() + vectors) / (tile.rows() * vectors);
    return products(tile, lanes, rows) * (1 + 0.4 * loads);
  }

  private static long products(FloatBroadcastTile tile, int lanes, int rows) {
    long tiles = (long) Math.ceilDiv(lanes, tile.columns()) * Math.ceilDiv(rows, tile.rows());
    return tiles * tile.columns() * tile.rows();
  }

  /** Whole tiles of rows, if possible also whole vectors of any width. */
  private static long channelsAtOnce(FloatBroadcastTile tile, int taps, int most) {
    long rows = multiple(16, multiple(tile.rows(), taps));
    if (rows > most) {
      rows = multiple(tile.rows(), taps);
    }
    return Math.max(1, most / rows) * (rows / taps);
  }

  /** The least common multiple. */
  private static long multiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }

  /** Rows of a tile. */
  int tileRows() {
    return tile.kernel().rows();
  }

  /** Lanes of a tile. */
  int width() {
    return tile.kernel().columns();
  }

  int laneBlocks() {
    return Math.ceilDiv(lanes, width());
  }

  int channelBlocks() {
    return Math.ceilDiv(channels, channelsAtOnce);
  }

  /** Rows of sums. */
  int sumRows() {
    return Math.ceilDiv(channelsAtOnce * taps, tileRows()) * tileRows();
  }

  /** Elements of the sums of all lanes. */
  long sumFloats() {
    return (long) laneBlocks() * width() * sumRows();
  }

  /** Pixels of a band. */
  long pixels() {
    return (long) images * bandRows * shape.columns().outWidth();
  }

  /** Multiply-adds for a pixel, also of lanes and rows that are not wanted. */
  long products() {
    return products(tile.kernel(), lanes, channels * taps);
  }

  /** Blocks of lanes whose transposed planes stay in the cache while the rows pass by. */
  int lanesAtOnce(int pixels) {
    return Math.max(1, NEAR_TRANSPOSED / (pixels * width()));
  }

  /** Elements of the transposed planes of a band. */
  long transposedFloats() {
    return laneBlocks() * width() * pixels();
  }

  int bandsPerImage() {
    return Math.ceilDiv(shape.columns().outHeight(), bandRows);
  }

  int bands() {
    return shape.columns().windows() == 0
        ? 0
        : Math.ceilDiv(shape.batch(), images) * bandsPerImage();
  }

  /** Bands of a chunk. */
  int bandsAtOnce() {
    return Math.clamp(MOST_TRANSPOSED / Math.max(1, transposedFloats()), 1, Math.max(1, bands()));
  }

  /** Elements of some planes on their way. */
  long planeFloats() {
    return width() * pixels();
  }

  long copyFloats() {
    return channelsAtOnce * FloatShiftedImages.channelFloats(shape.columns(), images, bandRows);
  }

  long scratchFloats() {
    return FloatShiftedImages.scratchFloats(shape.columns(), images, bandRows);
  }

  /** Elements from one filter's sums to the next's when transposed, in rows of their own. */
  int turnedPitch() {
    return Math.ceilDiv(sumRows(), 16) * 16 + 16;
  }

  long workspaceFloats() {
    long behind = Math.max(planeFloats(), copyFloats() + FloatRows.BEST.slack() + scratchFloats());
    return FloatLines.LENGTH
        + sumFloats()
        + bandsAtOnce() * transposedFloats()
        + Math.max(behind, (long) width() * turnedPitch())
        + 3L * FloatRows.BEST.slack();
  }
}

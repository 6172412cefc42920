// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.Comparator;

/**
 * Few weights over many pixels: dot products with pixels in the lanes.
 *
 * <p>A weight's gradient is the dot product of a filtered plane with what its tap reads. A tile of
 * dot products keeps its vectors in registers over a band, and in scratch over the whole batch; the
 * lanes of a vector are added up once, at the end.
 *
 * <p>Order of a weight's sum: pixels of a lane by image and row, then the lanes, halving.
 */
public final class FloatPixelDotsBackwardWeight extends FloatBandedBackwardWeight {
  /** Elements for the copies of a band: they stay in a level-2 cache of 1 MiB. */
  private static final int MOST_COPIED = 192 << 10;

  /** Elements for the vectors of sums. */
  private static final int MOST_SUMS = 128 << 10;

  /** Vectors of pixels that outweigh the start and the end of a tile. */
  private static final int ENOUGH_VECTORS = 40;

  /** Elements of the planes of one tile that leave half of a level-1 cache of 32 KiB to taps. */
  private static final int MOST_PLANES = 4 << 10;

  private final Starting<FloatDotTile> tile;
  private final int lanes;
  private final int filtersAtOnce;

  public FloatPixelDotsBackwardWeight(ConvShape shape) {
    this(shape, tile(shape));
  }

  private FloatPixelDotsBackwardWeight(ConvShape shape, Starting<FloatDotTile> tile) {
    this(shape, tile, cut(shape, tile.kernel()));
  }

  private FloatPixelDotsBackwardWeight(ConvShape shape, Starting<FloatDotTile> tile, Cut cut) {
    super(shape, cut);
    this.tile = tile;
    lanes = tile.kernel().lanes();
    filtersAtOnce = cut.filtersAtOnce();
  }

  /** Whether the machine has vectors and what a tile needs fits the scratch. */
  public static boolean applies(ConvShape shape) {
    return Machine.SIMD
        && copied(shape, 1, 1) <= MOST_COPIED
        && tileSums(shape, tile(shape).kernel()) <= MOST_SUMS;
  }

  /** The share of the multiply-add peak to expect. */
  public static double rate(ConvShape shape) {
    FloatDotTile tile = tile(shape).kernel();
    Cut cut = cut(shape, tile);
    int filters = shape.filters();
    int rows = shape.columns().rows();
    double used = (double) filters * rows / products(shape, tile);
    double vectors =
        (double) cut.images() * cut.bandRows() * shape.columns().outWidth() / tile.lanes();
    double copies =
        4.0 / (filters * shape.columns().vertical().kernel()) + (cut.images() > 1 ? 4.0 / rows : 0);
    return reach(shape, tile) * used * vectors / (vectors + 5) / (1 + copies);
  }

  /**
   * What the tile reaches. With several taps less than where it was fitted (Zen 4, 0.85): it loads
   * a vector for every two multiply-adds, and on a core that begins two of them a cycle (Emerald
   * Rapids) channel lanes and sliding windows are 1.1 to 1.3 times as fast as 4×4 dots on 3 and 64
   * channels. Not with one tap, where the rival is a matrix product that promises too much of a
   * small C: 1×1 32→16 @112 takes twice as long by it.
   */
  private static double reach(ConvShape shape, FloatDotTile tile) {
    if (tile.rows() == 1) {
      return 0.45;
    }
    return shape.columns().taps() > 1 ? 0.8 : 0.85;
  }

  /** The tile with the fewest multiply-adds and loads. */
  private static Starting<FloatDotTile> tile(ConvShape shape) {
    return Collections.min(
        FloatDotTile.ALL, Comparator.comparingDouble(tile -> work(shape, tile.kernel())));
  }

  private static double work(ConvShape shape, FloatDotTile tile) {
    int products = tile.rows() * tile.columns();
    int loads = tile.rows() + tile.columns();
    return (double) products(shape, tile) / products * (products + loads);
  }

  private static long products(ConvShape shape, FloatDotTile tile) {
    long tiles = Math.ceilDiv(shape.filters(), tile.rows());
    return tiles * tile.rows() * paddedRows(shape, tile.columns());
  }

  /** Elements of the sums of one tile's filters. */
  private static long tileSums(ConvShape shape, FloatDotTile tile) {
    return (long) tile.rows() * paddedRows(shape, tile.columns()) * tile.lanes();
  }

  private static Cut cut(ConvShape shape, FloatDotTile tile) {
    int images = images(shape, ENOUGH_VECTORS * tile.lanes(), MOST_COPIED);
    double planes = (double) tile.rows() * images * shape.columns().windows();
    int bands = (int) Math.min(Math.round(planes / MOST_PLANES), Integer.MAX_VALUE);
    int tiles = Math.ceilDiv(shape.filters(), tile.rows());
    return new Cut(
        tile.columns(),
        tile.rows(),
        (int) Math.min(MOST_SUMS / tileSums(shape, tile), tiles) * tile.rows(),
        images,
        bandRows(shape, images, bands, MOST_COPIED),
        tile.lanes());
  }

  @Override
  public String describe() {
    return "dot products over pixels, tile %dx%d of %d lanes; %s"
        .formatted(tile.kernel().rows(), tile.kernel().columns(), lanes, describeCut());
  }

  @Override
  int sumFloats() {
    return filtersAtOnce * paddedRows * lanes;
  }

  @Override
  int finishFloats() {
    return sumFloats();
  }

  @Override
  Starting<?> ofSegment() {
    return FloatDotTileOfSegment.of(tile);
  }

  @Override
  void multiply(
      int filters,
      int pixels,
      Object filtered,
      long filteredOffset,
      int filteredStride,
      float[] images,
      int imagesOffset,
      int[] taps,
      float[] workspace,
      int sums) {
    FloatDotTile kernel = tile.kernel();
    FloatDotTileOfSegment nativeForm =
        filtered instanceof float[] ? null : FloatDotTileOfSegment.of(tile).kernel();
    long since = tile.clock(kernel);
    int sumStride = paddedRows * lanes;
    int most = LoopStrip.MOST * lanes;
    for (int first = 0; first < pixels; first += most) {
      int count = Math.min(most, pixels - first);
      // Filters next: their planes stay in the level-1 cache while the taps pass by, and a copy for
      // KH taps is read once.
      for (int f = 0; f < filters; f += kernel.rows()) {
        long plane = filteredOffset + (long) f * filteredStride + first;
        for (int j = 0; j < paddedRows; j += kernel.columns()) {
          int to = sums + f * sumStride + j * lanes;
          if (nativeForm == null) {
            kernel.accumulate(
                count / lanes,
                count % lanes,
                (float[]) filtered,
                (int) plane,
                filteredStride,
                filters - f,
                images,
                imagesOffset + first,
                taps,
                j,
                workspace,
                to,
                sumStride);
          } else {
            nativeForm.accumulate(
                count / lanes,
                count % lanes,
                (MemorySegment) filtered,
                plane,
                filteredStride,
                filters - f,
                images,
                imagesOffset + first,
                taps,
                j,
                workspace,
                to,
                sumStride);
          }
        }
      }
    }
    if (nativeForm == null) {
      tile.ran(kernel, since);
    }
  }

  @Override
  void finish(
      int filters,
      float[] workspace,
      int sums,
      int byLane,
      Object gradWeight,
      long gradWeightOffset) {
    FloatLaneSums.add(
        filters,
        columns.rows(),
        paddedRows,
        lanes,
        workspace,
        sums,
        byLane,
        gradWeight,
        gradWeightOffset);
  }
}

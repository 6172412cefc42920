// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.simd.FloatTranspose;
import dev.lanewise.internal.simd.Machine;

/**
 * Few weights over many pixels: dot products with pixels in the lanes.
 *
 * <p>A weight's gradient is the dot product of a filtered plane with what its tap reads. Both are
 * runs of memory once the taps' elements are copied by {@link FloatShiftedImages}; the filtered
 * plane is taken where it is, unless it is native or so small that planes of several images are put
 * side by side. A tile of dot products keeps its vectors in registers over a band of rows, and in
 * scratch over the whole batch; the lanes of a vector are added up once, at the end.
 *
 * <p>Order of a weight's sum: pixels of a lane by image and row, then the lanes, halving.
 */
final class FloatPixelDotsBackwardWeight implements FloatBackwardWeight {
  /** Elements for the copies of a band: they stay in a level-2 cache of 1 MiB. */
  private static final int MOST_COPIED = 192 << 10;

  /** Elements for the vectors of sums. */
  private static final int MOST_SUMS = 128 << 10;

  /** Vectors of pixels that outweigh the start and the end of a tile. */
  private static final int ENOUGH_VECTORS = 40;

  /** Elements of the planes of one tile that leave half of a level-1 cache of 32 KiB to taps. */
  private static final int MOST_PLANES = 4 << 10;

  private final ConvShape shape;
  private final ColumnShape columns;
  private final FloatDotTile tile;
  private final int tiles;
  private final int paddedRows;
  private final int bandRows;
  private final Block block;
  private final Block lastBlock;

  /** Images side by side, how they are copied and where the copy of each row of taps is. */
  private record Block(int images, FloatShiftedImages shifted, int[] taps) {}

  FloatPixelDotsBackwardWeight(ConvShape shape) {
    this.shape = shape;
    columns = shape.columns();
    tile = tile(shape);
    tiles = Math.ceilDiv(shape.filters(), tile.rows());
    paddedRows = paddedRows(shape, tile);
    int images = images(shape, tile);
    bandRows = bandRows(shape, images);
    block = block(images);
    int rest = shape.batch() % images;
    lastBlock = rest == 0 ? block : block(rest);
  }

  private Block block(int images) {
    FloatShiftedImages shifted = new FloatShiftedImages(columns, images, bandRows);
    int[] taps = new int[paddedRows];
    int kernelWidth = columns.horizontal().kernel();
    for (int j = 0; j < paddedRows; j++) {
      // Rows that fill the last tile repeat the last one.
      int row = Math.min(j, columns.rows() - 1);
      int tap = row % columns.taps();
      taps[j] =
          row / columns.taps() * shifted.channelFloats()
              + shifted.tap(tap / kernelWidth, tap % kernelWidth);
    }
    return new Block(images, shifted, taps);
  }

  /** Whether the machine has vectors and what a tile needs fits the scratch. */
  static boolean applies(ConvShape shape) {
    if (!Machine.SIMD || copied(shape, 1, 1) > MOST_COPIED) {
      return false;
    }
    FloatDotTile tile = tile(shape);
    return (long) tile.rows() * tile.lanes() * paddedRows(shape, tile) <= MOST_SUMS;
  }

  /** The share of the multiply-add peak to expect. */
  static double rate(ConvShape shape) {
    FloatDotTile tile = tile(shape);
    int filters = shape.filters();
    int rows = shape.columns().rows();
    double used = (double) filters * rows / products(shape, tile);
    int images = images(shape, tile);
    double vectors =
        (double) images * bandRows(shape, images) * shape.columns().outWidth() / tile.lanes();
    double copies =
        4.0 / (filters * shape.columns().vertical().kernel()) + (images > 1 ? 4.0 / rows : 0);
    return 0.85 * used * vectors / (vectors + 5) / (1 + copies);
  }

  /** The tile that computes the least that is not wanted. */
  private static FloatDotTile tile(ConvShape shape) {
    FloatDotTile best = null;
    for (FloatDotTile candidate : FloatDotTile.all()) {
      if (best == null || products(shape, candidate) < products(shape, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long products(ConvShape shape, FloatDotTile tile) {
    long tiles = Math.ceilDiv(shape.filters(), tile.rows());
    return tiles * tile.rows() * paddedRows(shape, tile);
  }

  private static int paddedRows(ConvShape shape, FloatDotTile tile) {
    return Math.ceilDiv(shape.columns().rows(), tile.columns()) * tile.columns();
  }

  private static int images(ConvShape shape, FloatDotTile tile) {
    int windows = shape.columns().windows();
    int enough = ENOUGH_VECTORS * tile.lanes();
    int images = 2 * windows > enough ? 1 : Math.ceilDiv(enough, windows);
    images = Math.clamp(shape.batch(), 1, images);
    while (images > 1 && copied(shape, images, shape.columns().outHeight()) > MOST_COPIED) {
      images--;
    }
    return images;
  }

  private static int bandRows(ConvShape shape, int images) {
    int height = shape.columns().outHeight();
    int plane = images * shape.columns().windows();
    int bands =
        Math.clamp(Math.round((double) tile(shape).rows() * plane / MOST_PLANES), 1, height);
    while (copied(shape, images, Math.ceilDiv(height, bands)) > MOST_COPIED) {
      bands++;
    }
    return Math.ceilDiv(height, bands);
  }

  /** Elements of all copies of a band. */
  private static long copied(ConvShape shape, int images, int bandRows) {
    ColumnShape columns = shape.columns();
    return columns.channels() * FloatShiftedImages.channelFloats(columns, images, bandRows)
        + FloatShiftedImages.scratchFloats(columns, images, bandRows)
        + (long) shape.filters() * images * bandRows * columns.outWidth();
  }

  @Override
  public String describe() {
    return "dot products over pixels, tile %dx%d of %d lanes; %s side by side, bands of %d rows"
        .formatted(
            tile.rows(),
            tile.columns(),
            tile.lanes(),
            block.images() == 1 ? "1 image" : block.images() + " images",
            bandRows);
  }

  @Override
  public int parts() {
    return shape.groups() * tiles;
  }

  @Override
  public int workspaceFloats() {
    return sums() + Math.max(sums(), copies());
  }

  private int tilesAtOnce() {
    return Math.clamp(MOST_SUMS / (tile.rows() * paddedRows * tile.lanes()), 1, tiles);
  }

  private int sums() {
    return tilesAtOnce() * tile.rows() * paddedRows * tile.lanes();
  }

  private int copies() {
    return 3 * tile.lanes() + filteredFloats() + imageFloats() + block.shifted().scratchFloats();
  }

  private int filteredFloats() {
    return shape.filters() * block.images() * bandRows * columns.outWidth();
  }

  private int imageFloats() {
    return columns.channels() * block.shifted().channelFloats();
  }

  @Override
  public void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    for (int part = firstPart; part < endPart; ) {
      int group = part / tiles;
      int first = part % tiles;
      int count = Math.min(Math.min(tilesAtOnce(), tiles - first), endPart - part);
      int filter = first * tile.rows();
      int filters = Math.min(count * tile.rows(), shape.filters() - filter);
      tiles(
          images,
          imagesOffset + group * shape.imageGroup(),
          filtered,
          filteredOffset + group * shape.filteredGroup() + (long) filter * columns.windows(),
          filters,
          workspace,
          workspaceOffset);
      addLanes(
          workspace,
          workspaceOffset,
          filters,
          gradWeight,
          gradWeightOffset + group * shape.weightGroup() + (long) filter * columns.rows());
      part += count;
    }
  }

  /** The vectors of sums of some filters of a group, over the whole batch. */
  private void tiles(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      int filters,
      float[] workspace,
      int sums) {
    FloatMemory.fill(workspace, sums, sums(), 0);
    for (int n = 0; n < shape.batch(); n += block.images()) {
      Block present = n + block.images() <= shape.batch() ? block : lastBlock;
      for (int row = 0; row < columns.outHeight(); row += bandRows) {
        band(
            present,
            images,
            imagesOffset + n * shape.image(),
            filtered,
            filteredOffset + n * shape.filtered() + (long) row * columns.outWidth(),
            filters,
            row,
            Math.min(bandRows, columns.outHeight() - row),
            workspace,
            sums);
      }
    }
  }

  private void band(
      Block present,
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      int filters,
      int row,
      int rows,
      float[] workspace,
      int sums) {
    int lanes = tile.lanes();
    int filteredCopy = sums + sums() + lanes;
    int imageCopy = filteredCopy + filteredFloats() + lanes;
    int scratch = imageCopy + imageFloats() + lanes;
    for (int c = 0; c < columns.channels(); c++) {
      present
          .shifted()
          .copy(
              images,
              imagesOffset + (long) c * columns.plane(),
              shape.image(),
              row,
              rows,
              workspace,
              imageCopy + c * present.shifted().channelFloats(),
              workspace,
              scratch);
    }
    int pixels = present.images() * rows * columns.outWidth();
    // The last vector of a plane may start in front of it, where a caller's array may not go.
    if (present.images() == 1 && filtered instanceof float[] array && pixels >= lanes) {
      multiply(
          present,
          array,
          (int) filteredOffset,
          columns.windows(),
          filters,
          pixels,
          workspace,
          imageCopy,
          sums);
    } else {
      for (int f = 0; f < filters; f++) {
        FloatShiftedImages.copyFiltered(
            filtered,
            filteredOffset + (long) f * columns.windows(),
            shape.filtered(),
            present.images(),
            rows,
            columns.outWidth(),
            workspace,
            filteredCopy + f * pixels);
      }
      multiply(
          present, workspace, filteredCopy, pixels, filters, pixels, workspace, imageCopy, sums);
    }
  }

  private void multiply(
      Block present,
      float[] filtered,
      int filteredOffset,
      int filteredStride,
      int filters,
      int pixels,
      float[] workspace,
      int imageCopy,
      int sums) {
    int lanes = tile.lanes();
    int sumStride = paddedRows * lanes;
    // Filters outermost: their planes stay in the level-1 cache while the taps pass by, and a copy
    // for KH taps is read once.
    for (int f = 0; f < filters; f += tile.rows()) {
      for (int j = 0; j < paddedRows; j += tile.columns()) {
        tile.accumulate(
            pixels / lanes,
            pixels % lanes,
            filtered,
            filteredOffset + f * filteredStride,
            filteredStride,
            filters - f,
            workspace,
            imageCopy,
            present.taps(),
            j,
            workspace,
            sums + f * sumStride + j * lanes,
            sumStride);
      }
    }
  }

  /** Adds up the lanes of each vector of sums, lane by lane at the same time for all of them. */
  private void addLanes(
      float[] workspace, int sums, int filters, Object gradWeight, long gradWeightOffset) {
    int lanes = tile.lanes();
    int vectors = filters * paddedRows;
    int byLane = sums + sums();
    FloatTranspose.BEST.run(workspace, sums, lanes, vectors, workspace, byLane, vectors, lanes);
    for (int half = lanes / 2; half > 0; half /= 2) {
      FloatRows.BEST.add(workspace, byLane + half * vectors, workspace, byLane, half * vectors);
    }
    for (int f = 0; f < filters; f++) {
      FloatMemory.add(
          workspace,
          byLane + f * paddedRows,
          gradWeight,
          gradWeightOffset + (long) f * columns.rows(),
          columns.rows());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.start.Starting;
import java.util.Arrays;

/**
 * Y = epilogue(Aᵀ M A + bias) for the tiles of a band, of one or more images, and the target
 * channels of a block. M is {@code [tile][place][target]}, the tiles of each image in row-major
 * order; Y goes to the target's planes.
 */
final class FloatWinogradTarget {
  /** Tiles at a time: what is between the two passes stays in the first-level cache. */
  private static final int CHUNK = 4;

  private final UnitStrideShape shape;
  private final WinogradTiles tiles;
  private final Starting<FloatTileTransform> transform;
  private final int lanes;
  private final int columns;
  private final FloatEpilogue epilogue;

  /**
   * @param columns target channels of a block
   */
  FloatWinogradTarget(
      UnitStrideShape shape,
      WinogradTiles tiles,
      Starting<FloatTileTransform> transform,
      int columns,
      FloatEpilogue epilogue) {
    this.shape = shape;
    this.tiles = tiles;
    this.transform = transform;
    lanes = transform.kernel().lanes();
    this.columns = columns;
    this.epilogue = epilogue;
  }

  /**
   * Elements from one tile of M to the next: not a power of two, which would map all tiles to the
   * same few sets of a cache.
   */
  int tileFloats() {
    return tiles.places() * columns + lanes;
  }

  /** Elements of scratch that {@link #write} needs. */
  long scratchFloats() {
    return columns + halfFloats() + pixelsFloats();
  }

  /** What the first pass leaves. */
  private int halfFloats() {
    return CHUNK * tiles.outputs() * tiles.inputs() * columns;
  }

  /** {@code [pixel][target]} of whole tile rows, and what the last tile writes beyond the last. */
  private long pixelsFloats() {
    long pixels = (long) tiles.bandRows() * tiles.outputs() * shape.horizontal().output();
    return (pixels + tiles.outputs()) * columns;
  }

  /**
   * Overwrites the band in the targets [first, first + count) of a group.
   *
   * @param firstImage of those of which M is
   * @param images how many, from the first on
   * @param m M
   * @param bias of all targets
   * @param residual the planes of the batch, as the target
   */
  void write(
      int firstImage,
      int images,
      int group,
      int band,
      int first,
      int count,
      float[] workspace,
      int m,
      int scratch,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset) {
    int half = scratch + columns;
    int pixels = half + halfFloats();
    Arrays.fill(workspace, scratch, scratch + columns, 0);
    if (bias != null) {
      long at = biasOffset + (long) group * shape.targets() + first;
      FloatMemory.copy(bias, at, workspace, scratch, count);
    }
    int firstRow = tiles.firstRow(band) * tiles.outputs();
    int rows = Math.min(tiles.rowsOf(band) * tiles.outputs(), shape.vertical().output() - firstRow);
    int width = shape.horizontal().output();
    for (int image = 0; image < images; image++) {
      for (int row = 0; row < tiles.rowsOf(band); row++) {
        int tile = image * tiles.tilesOf(band) + row * tiles.columns();
        transformRow(row, workspace, m + tile * tileFloats(), scratch, half, pixels);
      }
      long plane = ((long) (firstImage + image) * shape.groups() + group) * shape.targets() + first;
      long at = plane * shape.targetPlane() + (long) firstRow * width;
      relay(
          count,
          rows * width,
          workspace,
          pixels,
          residual,
          residualOffset + at,
          target,
          targetOffset + at);
    }
  }

  /**
   * One tile row to {@code [pixel][target]}. The last tile may be wider than the row; its excess
   * falls on the first pixels of the next row, which are therefore written after it.
   */
  private void transformRow(int row, float[] workspace, int m, int addend, int half, int pixels) {
    int outputs = tiles.outputs();
    int width = shape.horizontal().output();
    FloatTileTransform kernel = transform.kernel();
    long since = transform.clock(kernel);
    int last = (tiles.columns() - 1) / CHUNK * CHUNK;
    for (int first = last; first >= 0; first -= CHUNK) {
      int count = Math.min(CHUNK, tiles.columns() - first);
      kernel.outputColumns(
          workspace, m + first * tileFloats(), tileFloats(), workspace, half, count);
      kernel.outputRows(
          workspace,
          half,
          workspace,
          addend,
          workspace,
          pixels + (row * outputs * width + first * outputs) * columns,
          width * columns,
          count);
    }
    transform.ran(kernel, since);
  }

  /** Transposes pixels to planes. */
  private void relay(
      int count,
      int pixels,
      float[] workspace,
      int from,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset) {
    long plane = shape.targetPlane();
    FloatMemory.transposeTo(workspace, from, columns, pixels, target, targetOffset, plane, count);
    for (int c = 0; c < count; c++) {
      epilogue.apply(
          target, targetOffset + c * plane, residual, residualOffset + c * plane, pixels);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.FloatPaddedImage;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.start.Starting;
import java.util.Arrays;

/**
 * V = Bᵀ d B for the tiles of a band, of one or more images: {@code [place][panel][channel /
 * L][tile of the panel][channel mod L]}, as {@link FloatTileProduct} reads it.
 *
 * <pre>
 *   for each image
 *     for each L channels
 *       transpose the band's rows: [row][column][channel]
 *       for each tile row
 *         transform along the columns of the image: [column][place's row][channel]
 *         transform along its rows: V
 * </pre>
 *
 * <p>Columns that two tiles share are so transformed once in the first direction.
 */
final class FloatWinogradSource {
  private final UnitStrideShape shape;
  private final WinogradTiles tiles;
  private final Starting<FloatTileTransform> transform;
  private final int lanes;
  private final int panelRows;
  private final FloatPaddedImage padded;

  /** Whether a row of the source is a row of the padded source but for zeros at its ends. */
  private final boolean inPlace;

  /**
   * @param panelRows tiles of a panel
   */
  FloatWinogradSource(
      UnitStrideShape shape,
      WinogradTiles tiles,
      Starting<FloatTileTransform> transform,
      int panelRows) {
    this.shape = shape;
    this.tiles = tiles;
    this.transform = transform;
    lanes = transform.kernel().lanes();
    this.panelRows = panelRows;
    AxisMap horizontal = shape.horizontal();
    padded = new FloatPaddedImage(shape.vertical(), horizontal, (float) shape.paddingValue());
    inPlace =
        shape.isZeroPadded()
            && horizontal.before() >= 0
            && horizontal.before() + horizontal.input() <= horizontal.padded();
  }

  /** Elements of V. */
  long floats() {
    return (long) Math.ceilDiv(tiles.mostTiles(), panelRows) * panelFloats();
  }

  /** Elements from one panel to the next. */
  long panelFloats() {
    return (long) Math.ceilDiv(shape.sources(), lanes) * blockFloats();
  }

  /**
   * Elements from one block of L channels to the next. Eight vectors more than needed, because 512
   * bytes off a multiple of 4 KiB the vectors of one place spread over all sets of a cache.
   */
  int blockFloats() {
    return (tiles.places() * panelRows + 8) * lanes;
  }

  /** Elements from one place to the next. */
  int placeFloats() {
    return panelRows * lanes;
  }

  /** Elements of scratch that {@link #transform} needs. */
  long scratchFloats() {
    return rowsFloats() + columnsFloats() + rowsFloats();
  }

  private long rowsFloats() {
    int width = Math.max(shape.horizontal().input(), padded.width());
    return (long) tiles.inputRows(tiles.bandRows()) * width * lanes;
  }

  private long columnsFloats() {
    return (long) tiles.inputs() * tiles.inputColumns() * lanes;
  }

  /**
   * Transforms a band of all channels of a group.
   *
   * @param source the planes of the batch
   * @param first image
   * @param images how many, from the first on
   */
  void transform(
      Object source,
      long offset,
      int first,
      int images,
      int group,
      int band,
      float[] workspace,
      int to,
      int scratch) {
    boolean direct = inPlace && source instanceof float[];
    int before = direct ? shape.horizontal().before() : 0;
    int width = direct ? shape.horizontal().input() : padded.width();
    int columns = scratch + (int) rowsFloats();
    clearBorders(workspace, columns, before, before + width);
    for (int image = 0; image < images; image++) {
      for (int channel = 0; channel < shape.sources(); channel += lanes) {
        int channels = Math.min(lanes, shape.sources() - channel);
        long plane = ((long) (first + image) * shape.groups() + group) * shape.sources() + channel;
        long at = offset + plane * shape.sourcePlane();
        relay(source, at, channels, band, direct, width, workspace, scratch);
        for (int row = 0; row < tiles.rowsOf(band); row++) {
          FloatTileTransform kernel = transform.kernel();
          long since = transform.clock(kernel);
          kernel.inputColumns(
              workspace,
              scratch + row * tiles.outputs() * width * lanes,
              width * lanes,
              workspace,
              columns + before * tiles.inputs() * lanes,
              width);
          transformRows(
              kernel,
              image * tiles.tilesOf(band) + row * tiles.columns(),
              workspace,
              columns,
              to + channel / lanes * blockFloats());
          transform.ran(kernel, since);
        }
      }
    }
  }

  /** Zeros in front of column {@code from} and from column {@code end} on. */
  private void clearBorders(float[] workspace, int columns, int from, int end) {
    int column = tiles.inputs() * lanes;
    Arrays.fill(workspace, columns, columns + from * column, 0);
    Arrays.fill(workspace, columns + end * column, columns + tiles.inputColumns() * column, 0);
  }

  /** {@code [row][column][channel]} of the rows that the tiles of a band read. */
  private void relay(
      Object source,
      long offset,
      int channels,
      int band,
      boolean direct,
      int width,
      float[] workspace,
      int to) {
    int firstRow = tiles.firstRow(band) * tiles.outputs();
    int rows = tiles.inputRows(tiles.rowsOf(band));
    AxisMap vertical = shape.vertical();
    int lastRow = Math.min(firstRow + rows, vertical.padded());
    int from = firstRow;
    int end = lastRow;
    if (direct) {
      from = Math.clamp(vertical.before(), firstRow, lastRow);
      end = Math.clamp((long) vertical.before() + vertical.input(), from, lastRow);
      long at = offset + (long) (from - vertical.before()) * width;
      int toRow = to + (from - firstRow) * width * lanes;
      int plane = (int) shape.sourcePlane();
      FloatMemory.transpose(
          source, at, plane, channels, workspace, toRow, lanes, (end - from) * width);
    } else {
      int copy = to + (int) (rowsFloats() + columnsFloats());
      int plane = (end - from) * width;
      padded.copy(source, offset, channels, from, end, workspace, copy, width, plane);
      FloatMemory.transpose(workspace, copy, plane, channels, workspace, to, lanes, plane);
    }
    Arrays.fill(workspace, to, to + (from - firstRow) * width * lanes, 0);
    Arrays.fill(workspace, to + (end - firstRow) * width * lanes, to + rows * width * lanes, 0);
  }

  private void transformRows(
      FloatTileTransform kernel, int first, float[] workspace, int columns, int to) {
    int tileColumns = tiles.outputs() * tiles.inputs() * lanes;
    for (int done = 0; done < tiles.columns(); ) {
      int panel = (first + done) / panelRows;
      int row = (first + done) % panelRows;
      int count = Math.min(panelRows - row, tiles.columns() - done);
      kernel.inputRows(
          workspace,
          columns + done * tileColumns,
          workspace,
          to + panel * (int) panelFloats() + row * lanes,
          count);
      done += count;
    }
  }
}

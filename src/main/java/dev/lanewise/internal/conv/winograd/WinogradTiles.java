// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.conv.AxisMap;

/**
 * How a target plane is cut into tiles of m×m, and these into bands of whole tile rows; where one
 * band is a whole plane, several images may be taken together.
 *
 * @param outputs m
 * @param rows tile rows of a plane
 * @param columns tiles of a tile row
 * @param bandRows tile rows of a band; the last one may have fewer
 * @param images the most that are taken together
 */
record WinogradTiles(int outputs, int rows, int columns, int bandRows, int images) {
  /** Of the peak: what the products alone reach. Fitted, like the constants that follow. */
  private static final double PRODUCT_RATE = 0.94;

  /** Time for each place of a tile and each vector of channels to relay and transform a source. */
  private static final double SOURCE_PLACE = 13;

  /** The same for a target. */
  private static final double TARGET_PLACE = 10;

  /** Weights of more bytes come from memory in every band, not from a cache. */
  private static final long CACHED_WEIGHT = 24L << 20;

  /** Time to fetch a vector of such a weight, whatever the tiles that it is multiplied with. */
  private static final double STREAMED = 14;

  /**
   * In bands of about {@code most} tiles and at least one row, all about equally high.
   *
   * @param batch images that there are
   * @param most tiles of a band, or of the images that are taken together
   */
  static WinogradTiles of(int outputs, AxisMap vertical, AxisMap horizontal, int batch, int most) {
    int rows = Math.ceilDiv(vertical.output(), outputs);
    int columns = Math.ceilDiv(horizontal.output(), outputs);
    int bands = Math.ceilDiv(rows, Math.clamp(most / columns, 1, rows));
    int images = bands == 1 ? Math.clamp(most / (rows * columns), 1, Math.max(1, batch)) : 1;
    return new WinogradTiles(outputs, rows, columns, Math.ceilDiv(rows, bands), images);
  }

  /** m + 2, the inputs of a tile along one axis. */
  int inputs() {
    return outputs + 2;
  }

  /** (m + 2)². */
  int places() {
    return inputs() * inputs();
  }

  int bands() {
    return Math.ceilDiv(rows, bandRows);
  }

  int firstRow(int band) {
    return band * bandRows;
  }

  /** Tile rows of a band. */
  int rowsOf(int band) {
    return Math.min(bandRows, rows - firstRow(band));
  }

  /** Tiles of a band. */
  int tilesOf(int band) {
    return rowsOf(band) * columns;
  }

  /** The most tiles that are taken together. */
  int mostTiles() {
    return images * bandRows * columns;
  }

  /** Input rows of that many tile rows. */
  int inputRows(int tileRows) {
    return tileRows * outputs + 2;
  }

  /** Input columns of a tile row. */
  int inputColumns() {
    return inputRows(columns);
  }

  /**
   * The predicted rate: a share of the multiply-add peak, counting what the plain sum multiplies.
   * One unit of time is that of a multiply-add of one vector. Of one image, for what is chosen must
   * not depend on the batch.
   *
   * @param lanes of a vector
   * @param block target channels that are computed together
   * @param panel the least tiles that are multiplied together
   * @param blockBytes of the weight of a block, transformed
   */
  double rate(UnitStrideShape shape, int lanes, int block, int panel, long blockBytes) {
    double plainSum = 9.0 * shape.sources() * shape.targets() * shape.targetPlane() / lanes;
    int blocks = Math.ceilDiv(shape.targets(), block);
    int tilesOfBands = bands() * Math.ceilDiv(bandRows * columns, panel) * panel;
    boolean streamed = blocks * blockBytes > CACHED_WEIGHT;
    double productsOfPlace =
        Math.max(tilesOfBands / PRODUCT_RATE, streamed ? bands() * STREAMED : 0);
    double products =
        productsOfPlace * places() * shape.sources() * blocks * Math.ceilDiv(block, lanes);
    double transforms =
        (double) rows
            * columns
            * places()
            * (SOURCE_PLACE * Math.ceilDiv(shape.sources(), lanes)
                + TARGET_PLACE * blocks * Math.ceilDiv(block, lanes));
    return plainSum / (products + transforms);
  }
}

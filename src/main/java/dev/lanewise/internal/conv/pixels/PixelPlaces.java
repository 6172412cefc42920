// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

/**
 * Where the vectors of a band begin; at least as many as a tile has.
 *
 * @param count vectors
 * @param source element of the copies
 * @param target element of the filtered plane, from the band's first pixel on
 */
record PixelPlaces(int count, int[] source, int[] target) {

  /**
   * Those of a band.
   *
   * @param padded whether every row has vectors of its own, or else they run on across its end
   * @param copied elements from row to row of a padded copy
   * @param width positions of a row
   * @param lanes of a vector
   * @param fewest as many as the largest tile has
   */
  static PixelPlaces of(int rows, boolean padded, int copied, int width, int lanes, int fewest) {
    int runs = padded ? rows : 1;
    int run = padded ? width : rows * width;
    int vectors = Math.ceilDiv(run, lanes);
    int count = Math.max(runs * vectors, fewest);
    int[] source = new int[count];
    int[] target = new int[count];
    for (int v = 0; v < count; v++) {
      // Those that only fill up a tile do the last one's work again.
      int present = Math.min(v, runs * vectors - 1);
      int row = present / vectors;
      int within = Math.max(0, Math.min(present % vectors * lanes, run - lanes));
      source[v] = row * copied + within;
      target[v] = row * width + within;
    }
    return new PixelPlaces(count, source, target);
  }
}

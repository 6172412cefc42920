// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import dev.lanewise.examples.data.Photo;
import java.util.List;

/** The places at which squares of 32×32 are cut out of photographs, in rows and columns. */
final class Crops {
  /** Rows and columns of a crop. */
  static final int SIDE = 32;

  static final int PIXELS = Photo.CHANNELS * SIDE * SIDE;

  private final int[] photos;
  private final int[] tops;
  private final int[] lefts;

  /**
   * All places whose distance from the upper left corner is a multiple of {@code step}, photograph
   * by photograph and row by row.
   */
  Crops(List<Photo> photos, int step) {
    int count = 0;
    for (Photo photo : photos) {
      count += places(photo.height(), step) * places(photo.width(), step);
    }
    this.photos = new int[count];
    this.tops = new int[count];
    this.lefts = new int[count];
    int crop = 0;
    for (int p = 0; p < photos.size(); p++) {
      for (int y = 0; y < places(photos.get(p).height(), step); y++) {
        for (int x = 0; x < places(photos.get(p).width(), step); x++) {
          this.photos[crop] = p;
          this.tops[crop] = y * step;
          this.lefts[crop++] = x * step;
        }
      }
    }
  }

  /** How many places. */
  int count() {
    return photos.length;
  }

  /** Which photograph a crop is from. */
  int photo(int crop) {
    return photos[crop];
  }

  /** Copies a crop, 3×32×32, out of one version of its photograph. */
  void copy(int crop, Photo photo, float[] target, int offset) {
    for (int c = 0; c < Photo.CHANNELS; c++) {
      for (int y = 0; y < SIDE; y++) {
        System.arraycopy(
            photo.pixels(),
            (c * photo.height() + tops[crop] + y) * photo.width() + lefts[crop],
            target,
            offset + (c * SIDE + y) * SIDE,
            SIDE);
      }
    }
  }

  private static int places(int length, int step) {
    return (length - SIDE) / step + 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;

/** {@link FloatSlidingTile} of any number of filters, a row of taps at a time. */
final class FloatSlidingTileScalar implements FloatSlidingTile {
  private final int filters;

  FloatSlidingTileScalar(int filters) {
    this.filters = filters;
  }

  @Override
  public int filters() {
    return filters;
  }

  @Override
  public int lanes() {
    return LENGTH;
  }

  @Override
  public void accumulate(
      int rows,
      int width,
      float[] image,
      int imageOffset,
      int pitch,
      float[] filtered,
      int filteredOffset,
      int plane,
      float[] sums,
      int sumsOffset,
      int stride) {
    for (int f = 0; f < filters; f++) {
      for (int kh = 0; kh < KERNEL; kh++) {
        for (int lane = 0; lane < LENGTH; lane++) {
          taps(
              rows,
              width,
              lane,
              image,
              imageOffset + kh * pitch,
              pitch,
              filtered,
              filteredOffset + f * plane,
              sums,
              sumsOffset + f * stride + kh * KERNEL * LENGTH + lane);
        }
      }
    }
  }

  /** One lane of three neighbouring taps: down its columns, then down that of the part. */
  private static void taps(
      int rows,
      int width,
      int lane,
      float[] image,
      int imageOffset,
      int pitch,
      float[] filtered,
      int filteredOffset,
      float[] sums,
      int sumsOffset) {
    float acc0 = sums[sumsOffset];
    float acc1 = sums[sumsOffset + LENGTH];
    float acc2 = sums[sumsOffset + 2 * LENGTH];
    for (int begin = 0; begin < width; begin += LENGTH) {
      int column = Math.min(begin, width - LENGTH) + lane;
      // Lanes that the last column shares with the one before it are that one's.
      for (int r = 0; r < rows && column >= begin; r++) {
        float g = filtered[filteredOffset + r * width + column];
        int at = imageOffset + r * pitch + column;
        acc0 = Math.fma(g, image[at], acc0);
        acc1 = Math.fma(g, image[at + 1], acc1);
        acc2 = Math.fma(g, image[at + 2], acc2);
      }
    }
    sums[sumsOffset] = acc0;
    sums[sumsOffset + LENGTH] = acc1;
    sums[sumsOffset + 2 * LENGTH] = acc2;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * The col matrix of one image: row (c·KH + kh)·KW + kw, column oh·OW + ow holds what tap (kh, kw)
 * of window (oh, ow) reads in channel c. It is a shape, never an array of that size.
 *
 * @param channels channels of the image, those of one group
 * @param vertical the windows' rows
 * @param horizontal the windows' columns
 * @param paddingValue what a tap outside the image reads
 */
public record ColumnShape(int channels, AxisMap vertical, AxisMap horizontal, double paddingValue) {

  /** Rows of the col matrix, channels·KH·KW. */
  public int rows() {
    return channels * taps();
  }

  /** Columns of the col matrix, OH·OW. */
  public int windows() {
    return vertical.output() * horizontal.output();
  }

  /** KH·KW. */
  public int taps() {
    return vertical.kernel() * horizontal.kernel();
  }

  /** Elements of one channel of the image. */
  public int plane() {
    return vertical.input() * horizontal.input();
  }

  public int outHeight() {
    return vertical.output();
  }

  public int outWidth() {
    return horizontal.output();
  }

  /** Whether the col matrix is the image itself: one tap, no stride, no padding. */
  public boolean isImage() {
    return taps() == 1 && isIdentity(vertical) && isIdentity(horizontal);
  }

  private static boolean isIdentity(AxisMap axis) {
    return axis.stride() == 1 && axis.before() == 0 && axis.output() == axis.input();
  }
}

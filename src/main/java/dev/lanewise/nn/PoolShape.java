// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * A pooling's window over planes of one size.
 *
 * @param window what slides
 * @param planes N·C
 * @param height IH
 * @param width IW
 * @param outHeight OH
 * @param outWidth OW
 */
record PoolShape(
    PoolWindow window, int planes, int height, int width, int outHeight, int outWidth) {

  static PoolShape of(PoolWindow window, ImageShape images) {
    return new PoolShape(
        window,
        images.batch() * images.channels(),
        images.height(),
        images.width(),
        window.outHeight(images.height()),
        window.outWidth(images.width()));
  }

  /** The image's row, or one above it, under the window's first tap. */
  int top(int outRow) {
    return outRow * window.strideHeight() - window.paddingHeight();
  }

  /** The image's column, or one left of it, under the window's first tap. */
  int left(int outColumn) {
    return outColumn * window.strideWidth() - window.paddingWidth();
  }

  /** The first of the taps from {@code start} on, {@code dilation} apart, that is not negative. */
  static int firstInside(int start, int dilation) {
    return start >= 0 ? start : start + (-start + dilation - 1) / dilation * dilation;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * The window that slides over a padded image.
 *
 * @param kernelHeight KH
 * @param kernelWidth KW
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param dilationHeight rows from one tap to the next
 * @param dilationWidth columns from one tap to the next
 * @param padding what is around the image
 */
public record ReferenceWindow(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    ReferencePadding padding) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public ReferenceWindow {
    Objects.requireNonNull(padding, "padding");
    if (Math.min(kernelHeight, kernelWidth) < 1
        || Math.min(strideHeight, strideWidth) < 1
        || Math.min(dilationHeight, dilationWidth) < 1) {
      throw new IllegalArgumentException("kernel, stride and dilation must be at least 1");
    }
  }

  /**
   * A window that moves by one, without dilation or padding.
   *
   * @param kernelHeight KH
   * @param kernelWidth KW
   * @return the window
   */
  public static ReferenceWindow of(int kernelHeight, int kernelWidth) {
    return new ReferenceWindow(kernelHeight, kernelWidth, 1, 1, 1, 1, ReferencePadding.NONE);
  }

  /**
   * Changes the stride.
   *
   * @param height rows
   * @param width columns
   * @return the changed window
   */
  public ReferenceWindow stride(int height, int width) {
    return new ReferenceWindow(
        kernelHeight, kernelWidth, height, width, dilationHeight, dilationWidth, padding);
  }

  /**
   * Changes the dilation.
   *
   * @param height rows
   * @param width columns
   * @return the changed window
   */
  public ReferenceWindow dilation(int height, int width) {
    return new ReferenceWindow(
        kernelHeight, kernelWidth, strideHeight, strideWidth, height, width, padding);
  }

  /**
   * Changes the padding to zeros.
   *
   * @param top rows above
   * @param left columns before
   * @param bottom rows below
   * @param right columns after
   * @return the changed window
   */
  public ReferenceWindow padding(int top, int left, int bottom, int right) {
    return padding(ReferencePadding.zeros(top, left, bottom, right));
  }

  /**
   * Changes the padding.
   *
   * @param padding what is around the image
   * @return the changed window
   */
  public ReferenceWindow padding(ReferencePadding padding) {
    return new ReferenceWindow(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        dilationHeight,
        dilationWidth,
        padding);
  }

  ReferenceWindow absolute() {
    return padding(padding.withValue(Math.abs(padding.value())));
  }

  int taps() {
    return kernelHeight * kernelWidth;
  }

  /** Rows from the first tap to the last, both counted. */
  int spanHeight() {
    return dilationHeight * (kernelHeight - 1) + 1;
  }

  /** Columns from the first tap to the last, both counted. */
  int spanWidth() {
    return dilationWidth * (kernelWidth - 1) + 1;
  }

  /** The windows that fit above one another. */
  int outHeight(int height) {
    return windows(height + padding.top() + padding.bottom(), spanHeight(), strideHeight);
  }

  /** The windows that fit beside one another. */
  int outWidth(int width) {
    return windows(width + padding.left() + padding.right(), spanWidth(), strideWidth);
  }

  private static int windows(int padded, int span, int stride) {
    if (padded < span) {
      throw new IllegalArgumentException("a window of %d does not fit %d".formatted(span, padded));
    }
    return (padded - span) / stride + 1;
  }
}

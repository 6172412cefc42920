// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * Fold, or col2im: each column of a col matrix is added to the window of the image that it belongs
 * to, and what falls on the padding is dropped,
 *
 * <pre>
 * x[n, c, oh·strideHeight + kh·dilationHeight − top, ow·strideWidth + kw·dilationWidth − left] +=
 *     columns[n, (c·KH + kh)·KW + kw, oh·OW + ow]
 * </pre>
 *
 * <p>Col matrices are N × (C·KH·KW) × L, images N × C × H × W, both row-major.
 *
 * @param batch N, may be 0
 * @param channels C
 * @param height H of the image that results
 * @param width W of the image that results
 * @param window kernel, stride, dilation and padding of zeros
 */
public record ReferenceFold(
    int batch, int channels, int height, int width, ReferenceWindow window) {

  /**
   * Checks the padding.
   *
   * @throws IllegalArgumentException if it is not of zeros
   */
  public ReferenceFold {
    Objects.requireNonNull(window, "window");
    if (window.padding().mode() != ReferencePadding.Mode.CONSTANT
        || window.padding().value() != 0) {
      throw new IllegalArgumentException("padding that is dropped can only be of zeros");
    }
  }

  /**
   * The images that col matrices add up to.
   *
   * @param columns the col matrices
   * @return x
   */
  public double[] forward(double[] columns) {
    columnShape().require("columns", columns);
    double[] image = imageShape().zeros();
    forEachTap((x, column) -> image[x] += columns[column]);
    return image;
  }

  /**
   * The gradient of the col matrices: each element receives what the one it was added to received,
   * and 0 if it was dropped.
   *
   * @param gradImage the gradient of x
   * @return the gradient of the col matrices
   */
  public double[] backward(double[] gradImage) {
    imageShape().require("gradImage", gradImage);
    double[] gradColumns = columnShape().zeros();
    forEachTap((x, column) -> gradColumns[column] = gradImage[x]);
    return gradColumns;
  }

  @FunctionalInterface
  private interface Tap {
    void of(int image, int column);
  }

  /** Every element of the col matrices that is not dropped, with the element of x it goes to. */
  private void forEachTap(Tap tap) {
    Shape image = imageShape();
    Shape columns = columnShape();
    int outHeight = columns.size2();
    int outWidth = columns.size3();
    for (int n = 0; n < batch; n++) {
      for (int row = 0; row < channels * window.taps(); row++) {
        int c = row / window.taps();
        int kh = row / window.kernelWidth() % window.kernelHeight();
        int kw = row % window.kernelWidth();
        for (int oh = 0; oh < outHeight; oh++) {
          for (int ow = 0; ow < outWidth; ow++) {
            int h = oh * window.strideHeight() + kh * window.dilationHeight();
            int w = ow * window.strideWidth() + kw * window.dilationWidth();
            h -= window.padding().top();
            w -= window.padding().left();
            if (h >= 0 && h < height && w >= 0 && w < width) {
              tap.of(image.index(n, c, h, w), columns.index(n, row, oh, ow));
            }
          }
        }
      }
    }
  }

  /**
   * Σ|columns| of each x.
   *
   * @param columns the col matrices
   * @return what {@link NumbersPolicy#bound} asks for
   */
  public double[] forwardMagnitude(double[] columns) {
    return forward(Shape.absolute(columns));
  }

  /**
   * K of {@link #forward}, at most.
   *
   * @return KH·KW
   */
  public long forwardTerms() {
    return window.taps();
  }

  /**
   * N·C·H·W.
   *
   * @return the elements of x
   */
  public int imageElements() {
    return imageShape().elements();
  }

  /**
   * N·(C·KH·KW)·L.
   *
   * @return the elements of the col matrices
   */
  public int columnElements() {
    return columnShape().elements();
  }

  private Shape imageShape() {
    return new Shape(batch, channels, height, width);
  }

  private Shape columnShape() {
    return new Shape(
        batch, channels * window.taps(), window.outHeight(height), window.outWidth(width));
  }
}

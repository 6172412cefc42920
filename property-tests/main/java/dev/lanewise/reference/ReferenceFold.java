// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * Fold, or col2im: each column of a col matrix is added to the window of a padded image x̂ that it
 * belongs to,
 *
 * <pre>
 * x̂[n, c, oh·strideHeight + kh·dilationHeight, ow·strideWidth + kw·dilationWidth] +=
 *     columns[n, (c·KH + kh)·KW + kw, oh·OW + ow]
 * </pre>
 *
 * <p>and then the padding is taken off: what fell on a constant is dropped, what fell on the copy
 * of an element is added to that element.
 *
 * <p>Col matrices are N × (C·KH·KW) × L, images N × C × H × W, both row-major.
 *
 * @param batch N, may be 0
 * @param channels C
 * @param height H of the image that results
 * @param width W of the image that results
 * @param window kernel, stride, dilation and padding; a padding value does not matter
 */
public record ReferenceFold(
    int batch, int channels, int height, int width, ReferenceWindow window) {

  /** Checks for null. */
  public ReferenceFold {
    Objects.requireNonNull(window, "window");
  }

  /**
   * The images that col matrices add up to.
   *
   * @param columns the col matrices
   * @return x
   */
  public double[] forward(double[] columns) {
    columnShape().require("columns", columns);
    double[] padded = window.padding().padded(imageShape()).zeros();
    forEachElement((column, x) -> padded[x] += columns[column]);
    return window.padding().padBackward(imageShape(), padded);
  }

  /**
   * The gradient of the col matrices: each element receives what the one it was added to received,
   * and 0 if it was dropped.
   *
   * @param gradImage the gradient of x
   * @return the gradient of the col matrices
   */
  public double[] backward(double[] gradImage) {
    double[] gradPadded =
        window
            .padding()
            .withValue(0)
            .pad(imageShape(), imageShape().require("gradImage", gradImage));
    double[] gradColumns = columnShape().zeros();
    forEachElement((column, x) -> gradColumns[column] = gradPadded[x]);
    return gradColumns;
  }

  @FunctionalInterface
  private interface Element {
    void of(int column, int padded);
  }

  /** Every element of the col matrices, with the element of x̂ that it is added to. */
  private void forEachElement(Element element) {
    Shape padded = window.padding().padded(imageShape());
    Shape columns = columnShape();
    for (int n = 0; n < batch; n++) {
      for (int row = 0; row < columns.size1(); row++) {
        int c = row / window.taps();
        int kh = row / window.kernelWidth() % window.kernelHeight();
        int kw = row % window.kernelWidth();
        for (int oh = 0; oh < columns.size2(); oh++) {
          for (int ow = 0; ow < columns.size3(); ow++) {
            int h = oh * window.strideHeight() + kh * window.dilationHeight();
            int w = ow * window.strideWidth() + kw * window.dilationWidth();
            element.of(columns.index(n, row, oh, ow), padded.index(n, c, h, w));
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
   * K of {@link #forward}: the elements that add up to one x, at most.
   *
   * @return KH·KW, times the copies that the padding makes of one element
   */
  public long forwardTerms() {
    return (long) window.taps() * window.padding().mostCopies(imageShape());
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

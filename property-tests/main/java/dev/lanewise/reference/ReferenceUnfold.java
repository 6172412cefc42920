// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * Unfold, or im2col: each window of the padded image x̂ becomes one column of a col matrix, with L
 * = OH·OW columns,
 *
 * <pre>
 * columns[n, (c·KH + kh)·KW + kw, oh·OW + ow] =
 *     x̂[n, c, oh·strideHeight + kh·dilationHeight, ow·strideWidth + kw·dilationWidth]
 * </pre>
 *
 * <p>Images are N × C × H × W, col matrices N × (C·KH·KW) × L, both row-major.
 *
 * @param batch N, may be 0
 * @param channels C
 * @param height H
 * @param width W
 * @param window kernel, stride, dilation and padding
 */
public record ReferenceUnfold(
    int batch, int channels, int height, int width, ReferenceWindow window) {

  /** Checks for null. */
  public ReferenceUnfold {
    Objects.requireNonNull(window, "window");
  }

  /**
   * The col matrices of images.
   *
   * @param image x
   * @return the col matrices
   */
  public double[] forward(double[] image) {
    double[] padded = window.padding().pad(imageShape(), imageShape().require("image", image));
    double[] columns = columnShape().zeros();
    forEachTap((x, column) -> columns[column] = padded[x]);
    return columns;
  }

  /**
   * The gradient of the images: each element gains what its copies received.
   *
   * @param gradColumns the gradient of the col matrices
   * @return the gradient of x
   */
  public double[] backward(double[] gradColumns) {
    columnShape().require("gradColumns", gradColumns);
    double[] gradPadded = window.padding().padded(imageShape()).zeros();
    forEachTap((x, column) -> gradPadded[x] += gradColumns[column]);
    return window.padding().padBackward(imageShape(), gradPadded);
  }

  @FunctionalInterface
  private interface Tap {
    void of(int padded, int column);
  }

  private void forEachTap(Tap tap) {
    Shape padded = window.padding().padded(imageShape());
    Shape columns = columnShape();
    int outHeight = window.outHeight(height);
    int outWidth = window.outWidth(width);
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < channels; c++) {
        for (int kh = 0; kh < window.kernelHeight(); kh++) {
          for (int kw = 0; kw < window.kernelWidth(); kw++) {
            for (int oh = 0; oh < outHeight; oh++) {
              for (int ow = 0; ow < outWidth; ow++) {
                int h = oh * window.strideHeight() + kh * window.dilationHeight();
                int w = ow * window.strideWidth() + kw * window.dilationWidth();
                int row = (c * window.kernelHeight() + kh) * window.kernelWidth() + kw;
                tap.of(padded.index(n, c, h, w), columns.index(n, row, oh, ow));
              }
            }
          }
        }
      }
    }
  }

  /**
   * Σ|gradient| of each gradient of x.
   *
   * @param gradColumns the gradient of the col matrices
   * @return what {@link NumbersPolicy#bound} asks for
   */
  public double[] backwardMagnitude(double[] gradColumns) {
    return backward(Shape.absolute(gradColumns));
  }

  /**
   * K of {@link #backward}: the copies that one element has in its col matrix, at most.
   *
   * @return KH·KW, times the copies that the padding makes of one element
   */
  public long backwardTerms() {
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

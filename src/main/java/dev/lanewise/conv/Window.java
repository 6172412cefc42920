// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static dev.lanewise.conv.GeometryRules.requireDilation;
import static dev.lanewise.conv.GeometryRules.requireKernel;
import static dev.lanewise.conv.GeometryRules.requireStride;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import java.util.Objects;
import java.util.function.IntBinaryOperator;

/**
 * The sliding window that a convolution, a transposed convolution, an unfold and a fold share.
 *
 * @param kernelHeight KH
 * @param kernelWidth KW
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param padding what surrounds the image that the windows slide over
 * @param dilationHeight rows from one tap to the next; 1 = none between
 * @param dilationWidth columns from one tap to the next; 1 = none between
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    Padding padding,
    int dilationHeight,
    int dilationWidth) {

  /** One tap, stride 1, no padding: what every geometry starts from. */
  static final Window ONE = new Window(1, 1, 1, 1, Padding.valid(), 1, 1);

  /**
   * Checks every part by itself.
   *
   * @throws IllegalArgumentException if a part is out of range
   * @throws NullPointerException if padding is null
   */
  public Window {
    requireKernel(kernelHeight, kernelWidth);
    requireStride(strideHeight, strideWidth);
    Objects.requireNonNull(padding, "padding");
    requireDilation(dilationHeight, dilationWidth);
  }

  /** Rows from the first tap to the last, both counted. */
  long spanHeight() {
    return GeometryRules.span(kernelHeight, dilationHeight);
  }

  /** Columns from the first tap to the last, both counted. */
  long spanWidth() {
    return GeometryRules.span(kernelWidth, dilationWidth);
  }

  Window kernel(int height, int width) {
    return new Window(
        height, width, strideHeight, strideWidth, padding, dilationHeight, dilationWidth);
  }

  Window stride(int height, int width) {
    return new Window(
        kernelHeight, kernelWidth, height, width, padding, dilationHeight, dilationWidth);
  }

  Window padding(Padding padding) {
    return new Window(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padding,
        dilationHeight,
        dilationWidth);
  }

  Window dilation(int height, int width) {
    return new Window(kernelHeight, kernelWidth, strideHeight, strideWidth, padding, height, width);
  }

  /**
   * The windows over an image: resolves the padding and checks what the parts must satisfy
   * together.
   *
   * @throws IllegalArgumentException if no window fits, or an axis cannot be indexed or padded
   */
  ColumnShape over(int channels, int height, int width) {
    Padding amounts =
        padding.resolve(
            GeometryRules.samePadding(height, spanHeight(), strideHeight),
            GeometryRules.samePadding(width, spanWidth(), strideWidth));
    long paddedHeight = (long) height + amounts.top() + amounts.bottom();
    long paddedWidth = (long) width + amounts.left() + amounts.right();
    GeometryRules.requirePlane("input", height, width);
    GeometryRules.requirePadded("height", paddedHeight);
    GeometryRules.requirePadded("width", paddedWidth);
    GeometryRules.requireWindow(paddedHeight, paddedWidth, spanHeight(), spanWidth());
    amounts.mode().requireFits("height", height, amounts.top(), amounts.bottom());
    amounts.mode().requireFits("width", width, amounts.left(), amounts.right());
    long outHeight = GeometryRules.windows(paddedHeight, spanHeight(), strideHeight);
    long outWidth = GeometryRules.windows(paddedWidth, spanWidth(), strideWidth);
    GeometryRules.requirePlane("output", outHeight, outWidth);
    return columns(channels, height, width, amounts, (int) outHeight, (int) outWidth);
  }

  /**
   * The windows over an image, {@code outHeight × outWidth} of them, the padding already resolved.
   */
  ColumnShape columns(
      int channels, int height, int width, Padding amounts, int outHeight, int outWidth) {
    GeometryRules.requireColumnRows(channels, kernelHeight, kernelWidth);
    return new ColumnShape(
        channels,
        new AxisMap(
            height,
            kernelHeight,
            strideHeight,
            dilationHeight,
            amounts.top(),
            outHeight,
            new Outside(amounts.mode())),
        new AxisMap(
            width,
            kernelWidth,
            strideWidth,
            dilationWidth,
            amounts.left(),
            outWidth,
            new Outside(amounts.mode())),
        amounts.value());
  }

  /** {@link PaddingMode#outside}. */
  private record Outside(PaddingMode mode) implements IntBinaryOperator {
    @Override
    public int applyAsInt(int index, int size) {
      return mode.outside(index, size);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * The sliding window of a pooling, with PyTorch's rules.
 *
 * <pre>OH = ⌊(IH + 2·padding − dilation·(KH − 1) − 1) / stride⌋ + 1</pre>
 *
 * <p>With {@code ceil}, ⌈…⌉ takes the place of ⌊…⌋, but no window starts beyond the image and the
 * padding in front of it.
 */
record PoolWindow(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth,
    int dilationHeight,
    int dilationWidth,
    boolean ceil) {

  PoolWindow {
    if (kernelHeight <= 0 || kernelWidth <= 0) {
      throw new IllegalArgumentException(
          "kernel size should be greater than zero, but got kH: %d kW: %d"
              .formatted(kernelHeight, kernelWidth));
    }
    if (strideHeight <= 0 || strideWidth <= 0) {
      throw new IllegalArgumentException(
          "stride should be greater than zero, but got dH: %d dW: %d"
              .formatted(strideHeight, strideWidth));
    }
    if (dilationHeight <= 0 || dilationWidth <= 0) {
      throw new IllegalArgumentException(
          "dilation should be greater than zero, but got dilationH: %d dilationW: %d"
              .formatted(dilationHeight, dilationWidth));
    }
    if (paddingHeight < 0 || paddingWidth < 0) {
      throw new IllegalArgumentException(
          "pad must be non-negative, but got padH: %d padW: %d"
              .formatted(paddingHeight, paddingWidth));
    }
  }

  /** Windows that do not overlap, as a pooling has them unless told otherwise. */
  static PoolWindow of(int kernelHeight, int kernelWidth) {
    return new PoolWindow(kernelHeight, kernelWidth, kernelHeight, kernelWidth, 0, 0, 1, 1, false);
  }

  PoolWindow stride(int height, int width) {
    return new PoolWindow(
        kernelHeight,
        kernelWidth,
        height,
        width,
        paddingHeight,
        paddingWidth,
        dilationHeight,
        dilationWidth,
        ceil);
  }

  PoolWindow padding(int height, int width) {
    return new PoolWindow(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        height,
        width,
        dilationHeight,
        dilationWidth,
        ceil);
  }

  PoolWindow dilation(int height, int width) {
    return new PoolWindow(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        paddingHeight,
        paddingWidth,
        height,
        width,
        ceil);
  }

  PoolWindow roundedUp() {
    return new PoolWindow(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        paddingHeight,
        paddingWidth,
        dilationHeight,
        dilationWidth,
        true);
  }

  /** Whether the windows are 2×2 and lie side by side, inside the image. */
  boolean isPairs() {
    return kernelHeight == 2
        && kernelWidth == 2
        && strideHeight == 2
        && strideWidth == 2
        && paddingHeight == 0
        && paddingWidth == 0
        && dilationHeight == 1
        && dilationWidth == 1
        && !ceil;
  }

  /** Whether every window reads an element of the image, however small that is. */
  boolean meetsImage() {
    return (paddingHeight == 0 || dilationHeight == 1) && (paddingWidth == 0 || dilationWidth == 1);
  }

  /** The rule that parts set one after the other can only satisfy together. */
  void requirePaddingWithinHalf() {
    requireWithinHalf(paddingHeight, kernelHeight, dilationHeight);
    requireWithinHalf(paddingWidth, kernelWidth, dilationWidth);
  }

  int outHeight(int height) {
    return windows(height, kernelHeight, strideHeight, paddingHeight, dilationHeight);
  }

  int outWidth(int width) {
    return windows(width, kernelWidth, strideWidth, paddingWidth, dilationWidth);
  }

  private int windows(int size, int kernel, int stride, int padding, int dilation) {
    long room = size + 2L * padding - (kernel - 1L) * dilation - 1;
    long windows = Math.floorDiv(ceil ? room + stride - 1 : room, stride) + 1;
    if (ceil && (windows - 1) * stride >= (long) size + padding) {
      windows--;
    }
    if (windows < 1 || windows > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a kernel of %d with dilation %d does not fit an axis of %d padded by %d: output size is"
                  .formatted(kernel, dilation, size, padding)
              + " too small");
    }
    return (int) windows;
  }

  /** The settings as a layer's description has them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("kernel=").append(kernelHeight).append('x').append(kernelWidth);
    if (strideHeight != kernelHeight || strideWidth != kernelWidth) {
      OperatorText.addPair(text, "stride", strideHeight, strideWidth, 0);
    }
    OperatorText.addPair(text, "padding", paddingHeight, paddingWidth, 0);
    OperatorText.addPair(text, "dilation", dilationHeight, dilationWidth, 1);
    return text.append(ceil ? ", ceil" : "").toString();
  }

  private static void requireWithinHalf(int padding, int kernel, int dilation) {
    if (padding > ((kernel - 1L) * dilation + 1) / 2) {
      throw new IllegalArgumentException(
          "pad should be at most half of effective kernel size, but got pad=%d, kernel_size=%d and"
                  .formatted(padding, kernel)
              + " dilation="
              + dilation);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

/** The rules every geometry keeps, with PyTorch's wording where PyTorch has one. */
final class GeometryRules {
  /** What a loop over one channel can step past by one block without leaving the int range. */
  private static final long LARGEST_PLANE = 1 << 30;

  private GeometryRules() {}

  /** {@code dilation · (kernel − 1) + 1}: the elements one window spans along an axis. */
  static long span(int kernel, int dilation) {
    return (long) dilation * (kernel - 1) + 1;
  }

  /** ⌊(input + padding − span) / stride⌋ + 1, or a value below 1 if no window fits. */
  static long windows(long padded, long span, int stride) {
    return Math.floorDiv(padded - span, (long) stride) + 1;
  }

  /** Padding before and after together that makes the output ⌈input / stride⌉. */
  static long samePadding(int input, long span, int stride) {
    long output = Math.ceilDiv(input, stride);
    return Math.max(0, (output - 1) * stride + span - input);
  }

  static void requireBatch(int batch) {
    require(batch >= 0, "negative batch is not supported: batch=%d", batch);
  }

  static void requireAtLeastOne(String name, int value) {
    require(value >= 1, "%s must be at least 1: %s=%d", name, name, value);
  }

  static void requireKernel(int height, int width) {
    require(
        height >= 1 && width >= 1,
        "kernel size should be greater than zero: kernel=(%d x %d)",
        height,
        width);
    require(
        (long) height * width <= Integer.MAX_VALUE,
        "the product of kernel_width and kernel_height overflowed: kernel=(%d x %d)",
        height,
        width);
  }

  static void requireStride(int height, int width) {
    require(
        height >= 1 && width >= 1,
        "non-positive stride is not supported: stride=(%d, %d)",
        height,
        width);
  }

  static void requireDilation(int height, int width) {
    require(
        height >= 1 && width >= 1,
        "dilation should be greater than zero: dilation=(%d, %d)",
        height,
        width);
  }

  static void requirePositiveGroups(int groups) {
    require(groups >= 1, "groups must be a positive integer: groups=%d", groups);
  }

  /** Groups divide both channel counts. */
  static void requireGroups(int groups, int inChannels, int outChannels) {
    require(
        inChannels % groups == 0,
        "in_channels must be divisible by groups: inChannels=%d, groups=%d",
        inChannels,
        groups);
    require(
        outChannels % groups == 0,
        "Given groups=%d, expected weight to be divisible by %d at dimension 0, but got weight of"
            + " %d output channels",
        groups,
        groups,
        outChannels);
  }

  /** A padded axis can be indexed with an int. */
  static void requirePadded(String axis, long padded) {
    require(padded <= Integer.MAX_VALUE, "Padding %s too large: padded size is %d", axis, padded);
  }

  /** At least one window fits. */
  static void requireWindow(long height, long width, long spanHeight, long spanWidth) {
    require(
        height >= spanHeight && width >= spanWidth,
        "Calculated padded input size per channel: (%d x %d). Kernel size: (%d x %d)."
            + " Kernel size can't be greater than actual input size",
        height,
        width,
        spanHeight,
        spanWidth);
  }

  /** One plane of one channel can be indexed with an int. */
  static void requirePlane(String name, long height, long width) {
    require(
        // Each by itself as well: the product of two that need 33 bits overflows a long.
        height <= LARGEST_PLANE && width <= LARGEST_PLANE && height * width <= LARGEST_PLANE,
        "%s: one channel has %d x %d elements, more than 2^30",
        name,
        height,
        width);
  }

  /**
   * The product of four sizes, exactly.
   *
   * @throws IllegalArgumentException if it is above 2⁶³ − 1
   */
  static long elements(long a, long b, long c, long d) {
    try {
      return Math.multiplyExact(Math.multiplyExact(Math.multiplyExact(a, b), c), d);
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException(
          "an operand of %d x %d x %d x %d elements is too large".formatted(a, b, c, d), tooLarge);
    }
  }

  /** The rows of a col matrix can be counted with an int. */
  static void requireColumnRows(int channels, int kernelHeight, int kernelWidth) {
    long rows = (long) channels * kernelHeight * kernelWidth;
    require(
        rows <= LARGEST_PLANE,
        "the product of channels and kernel size overflowed: %d channels, kernel=(%d x %d)",
        channels,
        kernelHeight,
        kernelWidth);
  }

  static void require(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(values));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/** The rules every geometry keeps, with PyTorch's wording where PyTorch has one. */
public final class GeometryRules {
  private GeometryRules() {}

  /** {@code dilation · (kernel − 1) + 1}: the elements one window spans along an axis. */
  public static long span(int kernel, int dilation) {
    return (long) dilation * (kernel - 1) + 1;
  }

  /** ⌊(input + padding − span) / stride⌋ + 1, or a value below 1 if no window fits. */
  public static long windows(long padded, long span, int stride) {
    return Math.floorDiv(padded - span, (long) stride) + 1;
  }

  /** Padding before and after together that makes the output ⌈input / stride⌉. */
  public static int samePadding(int input, long span, int stride) {
    long output = Math.ceilDiv(input, stride);
    return Math.toIntExact(Math.max(0, (output - 1) * stride + span - input));
  }

  public static void requireBatch(int batch) {
    require(batch >= 0, "negative batch is not supported: batch=%d", batch);
  }

  public static void requireAtLeastOne(String name, int value) {
    require(value >= 1, "%s must be at least 1: %s=%d", name, name, value);
  }

  public static void requireKernel(int height, int width) {
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

  public static void requireStride(int height, int width) {
    require(
        height >= 1 && width >= 1,
        "non-positive stride is not supported: stride=(%d, %d)",
        height,
        width);
  }

  public static void requireDilation(int height, int width) {
    require(
        height >= 1 && width >= 1,
        "dilation should be greater than zero: dilation=(%d, %d)",
        height,
        width);
  }

  /** Groups divide both channel counts. */
  public static void requireGroups(int groups, int inChannels, int outChannels) {
    require(groups >= 1, "groups must be a positive integer: groups=%d", groups);
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

  /** One padded axis can be indexed with an int. */
  public static void requirePadded(String axis, long padded) {
    require(padded <= Integer.MAX_VALUE, "Padding %s too large: padded size is %d", axis, padded);
  }

  /** At least one window fits. */
  public static void requireWindow(long height, long width, long spanHeight, long spanWidth) {
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
  public static void requirePlane(String name, long height, long width) {
    require(
        height * width <= Integer.MAX_VALUE,
        "%s: one channel has %d x %d elements, more than an int can index",
        name,
        height,
        width);
  }

  /** The product of four sizes, exactly. */
  public static long elements(int a, int b, int c, int d) {
    return Math.multiplyExact(Math.multiplyExact((long) a * b, (long) c), (long) d);
  }

  public static void require(boolean holds, String rule, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(rule.formatted(values));
    }
  }
}

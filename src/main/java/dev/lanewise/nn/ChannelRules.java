// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/** What the channels of a layer satisfy before there is an input, in PyTorch's words. */
final class ChannelRules {
  private ChannelRules() {}

  static void requireGroups(int inChannels, int outChannels, int groups) {
    requireDivisible("in_channels", inChannels, groups);
    requireDivisible("out_channels", outChannels, groups);
  }

  private static void requireDivisible(String name, int channels, int groups) {
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          "%s must be divisible by groups: %s=%d, groups=%d"
              .formatted(name, name, channels, groups));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Everything about a layer and its input but the two axes; {@code batch} 0 is unbatched. */
record ChannelSetting(
    int batch, int inChannelsPerGroup, int outChannelsPerGroup, int groups, boolean biased) {

  static Arbitrary<ChannelSetting> any() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(true, false))
        .as(ChannelSetting::new);
  }

  int inChannels() {
    return groups * inChannelsPerGroup;
  }

  int outChannels() {
    return groups * outChannelsPerGroup;
  }

  int[] inputShape(int height, int width) {
    return batch == 0
        ? new int[] {inChannels(), height, width}
        : new int[] {batch, inChannels(), height, width};
  }
}

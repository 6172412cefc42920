// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The sizes that are not along an axis of the image.
 *
 * @param batch N
 * @param groups G
 * @param inPerGroup IC/G
 * @param outPerGroup OC/G
 */
record Channels(int batch, int groups, int inPerGroup, int outPerGroup) {

  static Arbitrary<Channels> any() {
    return Combinators.combine(
            Sizes.batch(), Sizes.between(1, 5), Sizes.between(1, 33), Sizes.between(1, 33))
        .as(Channels::new);
  }

  /** Many on one side of the convolution, few on the other. */
  static Arbitrary<Channels> deep() {
    Arbitrary<Integer> many = Sizes.besideBlocks(240, 256, 480, 512, 1024);
    return Combinators.combine(
            Sizes.between(1, 2), many, Sizes.between(1, 5), Arbitraries.of(false, true))
        .as((batch, deep, few, in) -> new Channels(batch, 1, in ? deep : few, in ? few : deep));
  }

  static Arbitrary<Channels> few() {
    return Combinators.combine(Sizes.between(1, 2), Sizes.between(1, 3), Sizes.between(1, 3))
        .as((batch, in, out) -> new Channels(batch, 1, in, out));
  }

  /** So many that the tiles of an image of some size are cut into bands. */
  static Arbitrary<Channels> forBands() {
    return Combinators.combine(
            Sizes.between(64, 70), Sizes.between(1, 3), Arbitraries.of(false, true))
        .as((many, few, in) -> new Channels(1, 1, in ? many : few, in ? few : many));
  }

  /** A filter for each, or some. */
  static Arbitrary<Channels> depthwise() {
    return Combinators.combine(Sizes.batch(), Sizes.between(1, 33), Arbitraries.of(1, 1, 3))
        .as((batch, groups, filters) -> new Channels(batch, groups, 1, filters));
  }

  int in() {
    return groups * inPerGroup;
  }

  int out() {
    return groups * outPerGroup;
  }

  int largest() {
    return Math.max(Math.max(batch, groups), Math.max(inPerGroup, outPerGroup));
  }

  Channels withLargestHalved() {
    int largest = largest();
    if (inPerGroup == largest) {
      return new Channels(batch, groups, Math.ceilDiv(inPerGroup, 2), outPerGroup);
    }
    if (outPerGroup == largest) {
      return new Channels(batch, groups, inPerGroup, Math.ceilDiv(outPerGroup, 2));
    }
    if (groups == largest) {
      return new Channels(batch, Math.ceilDiv(groups, 2), inPerGroup, outPerGroup);
    }
    return new Channels(Math.ceilDiv(batch, 2), groups, inPerGroup, outPerGroup);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * Sizes that are often the ones where code goes wrong: the least, and those beside a multiple of a
 * vector, a tile or a block. They shrink towards the least.
 */
final class Sizes {
  /** Vectors are 4, 8 or 16 elements and tiles 4, 8, 12, 16 or 32 across; the rest are primes. */
  private static final int[] BESIDE_TILES = {
    2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 19, 23, 24, 25, 31, 32, 33, 47, 63, 64, 65
  };

  private static final int[] BATCHES = {0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3};

  private Sizes() {}

  /** From least to most; the least in one case of four, beside a tile in half of the others. */
  static Arbitrary<Integer> between(int least, int most) {
    int[] special =
        Arrays.stream(BESIDE_TILES).filter(size -> size >= least && size <= most).toArray();
    RandomDistribution distribution =
        (size, min, max, center) ->
            random -> BigInteger.valueOf(draw(random, least, most, special));
    return Arbitraries.integers()
        .between(least, most)
        .withDistribution(distribution)
        .shrinkTowards(least);
  }

  /** N: seldom none, often one; shrinks towards one. */
  static Arbitrary<Integer> batch() {
    RandomDistribution distribution =
        (size, min, max, center) ->
            random -> BigInteger.valueOf(BATCHES[random.nextInt(BATCHES.length)]);
    return Arbitraries.integers().between(0, 3).withDistribution(distribution).shrinkTowards(1);
  }

  /** The sizes around the ends of blocks of these lengths. */
  static Arbitrary<Integer> besideBlocks(Integer... lengths) {
    return Arbitraries.of(
        Arrays.stream(lengths)
            .flatMap(length -> Stream.of(length - 1, length, length + 1))
            .toList());
  }

  private static int draw(Random random, int least, int most, int[] special) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> least;
      case 2, 3, 4 -> special.length == 0 ? least : special[random.nextInt(special.length)];
      default -> random.nextInt(least, most + 1);
    };
  }
}

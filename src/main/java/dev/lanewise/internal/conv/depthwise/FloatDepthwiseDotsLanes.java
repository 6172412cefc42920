// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Which lanes the rounds of {@link FloatDepthwiseDots} add: those s apart, of two vectors at a
 * time, {@code a.blend(b, ODD_s).add(b.blend(a, ODD_s).rearrange(SWAP_s))}.
 */
final class FloatDepthwiseDotsLanes {
  static final VectorShuffle<Float> SWAP_1 = swap(1);
  static final VectorShuffle<Float> SWAP_2 = swap(2);
  static final VectorShuffle<Float> SWAP_4 = swap(4);
  static final VectorShuffle<Float> SWAP_8 = swap(8);

  static final VectorMask<Float> ODD_1 = odd(1);
  static final VectorMask<Float> ODD_2 = odd(2);
  static final VectorMask<Float> ODD_4 = odd(4);

  /** The lanes in which the sums of eight taps end up. */
  static final VectorMask<Float> EIGHT = VectorMask.fromLong(SPECIES, 0xff);

  private FloatDepthwiseDotsLanes() {}

  private static VectorShuffle<Float> swap(int apart) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ apart) % LENGTH);
  }

  private static VectorMask<Float> odd(int apart) {
    long lanes = 0;
    for (int lane = 0; lane < LENGTH; lane++) {
      lanes |= (lane & apart) == 0 ? 0 : 1L << lane;
    }
    return VectorMask.fromLong(SPECIES, lanes);
  }
}

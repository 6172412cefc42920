// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import dev.lanewise.internal.simd.LoopStrip;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link FloatDepthwiseKernel} of the other direction, for stride 2 and one element of padding:
 * position (p, q) makes the pixels (2p, 2q) to (2p + 1, 2q + 1) of the target, each of which meets
 * the taps of one phase. No tap reads above or left of its position.
 *
 * <p>Source: Shi et al., Is the deconvolution layer the same as a convolutional layer?,
 * arXiv:1609.07009, 2016.
 */
final class FloatDepthwiseKernelPhases implements FloatDepthwiseKernel {
  /** Spreads the first and the second half of a vector over pairs of lanes. */
  private static final VectorShuffle<Float> PAIRS_FIRST =
      VectorShuffle.fromOp(SPECIES, lane -> lane / 2);

  private static final VectorShuffle<Float> PAIRS_SECOND =
      VectorShuffle.fromOp(SPECIES, lane -> (LENGTH + lane) / 2);

  private static final VectorMask<Float> ODD_LANES =
      VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL);

  @Override
  public int sourceStep() {
    return 1;
  }

  @Override
  public int targetStep() {
    return 2;
  }

  @Override
  public int positions() {
    return LENGTH;
  }

  @Override
  public void run(
      int rows,
      float[] above,
      int aboveOffset,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] below,
      int belowOffset,
      long left,
      long right,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    FloatVector w00 = FloatVector.broadcast(SPECIES, weight[weightOffset]);
    FloatVector w01 = FloatVector.broadcast(SPECIES, weight[weightOffset + weightStep]);
    FloatVector w02 = FloatVector.broadcast(SPECIES, weight[weightOffset + 2 * weightStep]);
    FloatVector w10 = FloatVector.broadcast(SPECIES, weight[weightOffset + 3 * weightStep]);
    FloatVector w11 = FloatVector.broadcast(SPECIES, weight[weightOffset + 4 * weightStep]);
    FloatVector w12 = FloatVector.broadcast(SPECIES, weight[weightOffset + 5 * weightStep]);
    FloatVector w20 = FloatVector.broadcast(SPECIES, weight[weightOffset + 6 * weightStep]);
    FloatVector w21 = FloatVector.broadcast(SPECIES, weight[weightOffset + 7 * weightStep]);
    FloatVector w22 = FloatVector.broadcast(SPECIES, weight[weightOffset + 8 * weightStep]);
    FloatVector start = FloatVector.broadcast(SPECIES, bias);
    FloatVector zero = FloatVector.zero(SPECIES);
    VectorMask<Float> rightInside = VectorMask.fromLong(SPECIES, right);
    FloatVector x1 = FloatVector.fromArray(SPECIES, source, sourceOffset + 1);
    FloatVector x2 =
        zero.blend(FloatVector.fromArray(SPECIES, source, sourceOffset + 2), rightInside);
    int last = rows - 1;
    int whole = LoopStrip.whole(last);
    for (int r = 0; r < whole; r++) {
      int at = sourceOffset + (r + 1) * sourcePitch;
      FloatVector even = x1.fma(w11, start);
      FloatVector odd = x1.fma(w12, x2.fma(w10, start));
      int to = targetOffset + 2 * r * targetPitch;
      even.rearrange(PAIRS_FIRST)
          .blend(odd.rearrange(PAIRS_FIRST), ODD_LANES)
          .intoArray(target, to);
      even.rearrange(PAIRS_SECOND)
          .blend(odd.rearrange(PAIRS_SECOND), ODD_LANES)
          .intoArray(target, to + LENGTH);

      even = x1.fma(w21, start);
      odd = x1.fma(w22, x2.fma(w20, start));
      x1 = FloatVector.fromArray(SPECIES, source, at + 1);
      x2 = zero.blend(FloatVector.fromArray(SPECIES, source, at + 2), rightInside);
      even = x1.fma(w01, even);
      odd = x1.fma(w02, x2.fma(w00, odd));
      to += targetPitch;
      even.rearrange(PAIRS_FIRST)
          .blend(odd.rearrange(PAIRS_FIRST), ODD_LANES)
          .intoArray(target, to);
      even.rearrange(PAIRS_SECOND)
          .blend(odd.rearrange(PAIRS_SECOND), ODD_LANES)
          .intoArray(target, to + LENGTH);
    }
    FloatVector even = x1.fma(w11, start);
    FloatVector odd = x1.fma(w12, x2.fma(w10, start));
    int to = targetOffset + 2 * last * targetPitch;
    even.rearrange(PAIRS_FIRST).blend(odd.rearrange(PAIRS_FIRST), ODD_LANES).intoArray(target, to);
    even.rearrange(PAIRS_SECOND)
        .blend(odd.rearrange(PAIRS_SECOND), ODD_LANES)
        .intoArray(target, to + LENGTH);

    even = x1.fma(w21, start);
    odd = x1.fma(w22, x2.fma(w20, start));
    x1 = FloatVector.fromArray(SPECIES, below, belowOffset + 1);
    x2 = zero.blend(FloatVector.fromArray(SPECIES, below, belowOffset + 2), rightInside);
    even = x1.fma(w01, even);
    odd = x1.fma(w02, x2.fma(w00, odd));
    to += targetPitch;
    even.rearrange(PAIRS_FIRST).blend(odd.rearrange(PAIRS_FIRST), ODD_LANES).intoArray(target, to);
    even.rearrange(PAIRS_SECOND)
        .blend(odd.rearrange(PAIRS_SECOND), ODD_LANES)
        .intoArray(target, to + LENGTH);
  }
}

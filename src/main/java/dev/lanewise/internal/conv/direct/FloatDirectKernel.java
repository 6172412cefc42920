// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;

/**
 * The innermost loop of a direct convolution: two runs of neighbouring pixels, with channels of the
 * target in the lanes.
 *
 * <pre>
 *   sums[j][l] = start[j][l] + Σ_p image[run + offsets[p] + j] · weight[p][l]
 *                            0 ≤ j &lt; RUN, 0 ≤ l &lt; NR, 0 ≤ p &lt; taps, p ascending
 *
 *   operand  layout                                        element
 *   image    any; pixels of a run adjacent                 image[first + offsets[offset + p] + j]
 *   weight   NR channels of one tap adjacent               weight[weightOffset + p·NR + l]
 *   sums     NR channels of one pixel adjacent,            sums[toFirst + j·step + l]
 *            step elements from pixel to pixel
 * </pre>
 *
 * <p>and the same for the second run. The taps' sum starts from zero and is added to {@code start}
 * once: NR values at {@code initial}, the same for each pixel, or what the sums hold if it is
 * negative. The first {@code skip} pixels of the second run go to {@code spare} instead, for runs
 * that overlap.
 *
 * <p>Two runs rather than one of twice the length: from one index C2 derives every address of 14
 * pixels and spills (86 % of the multiply-add peak against 98, JDK 25), and rows of 7 fit. Channels
 * in the lanes and pixels as broadcasts, because a broadcast never crosses a cache line, so that
 * the image needs no alignment and no other layout.
 *
 * <p>Names: {@code 14x2} = 2·7 pixels by 2 vectors. 14·2 accumulators, 2 vectors of weights and a
 * broadcast fill 32 registers.
 */
public interface FloatDirectKernel {
  /** This machine's kernels, by run length, each one pixel longer than the one before. */
  FloatDirectKernel[] ALL = all();

  /** RUN of the first of {@link #ALL}. */
  int SHORTEST = ALL[0].run();

  /** RUN of the last of {@link #ALL}. */
  int LONGEST = SHORTEST + ALL.length - 1;

  /** NR of all of them. */
  int LANES = ALL[0].lanes();

  /** RUN. */
  int run();

  /** NR. */
  int lanes();

  /**
   * Computes 2·RUN pixels by NR channels.
   *
   * @param taps from 0 to {@link LoopStrip#MOST}
   */
  void accumulate(
      int taps,
      int[] offsets,
      int offset,
      float[] image,
      int first,
      int second,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int toFirst,
      int toSecond,
      int step,
      int skip,
      int spare);

  private static FloatDirectKernel[] all() {
    if (!Machine.SIMD) {
      return new FloatDirectKernel[] {new FloatDirectKernelScalar(1, 4)};
    }
    return Machine.REGISTERS >= 32
        ? new FloatDirectKernel[] {
          started(new FloatDirectKernel8x2()),
          started(new FloatDirectKernel10x2()),
          started(new FloatDirectKernel12x2()),
          started(new FloatDirectKernel14x2())
        }
        : new FloatDirectKernel[] {
          started(new FloatDirectKernel4x2()), started(new FloatDirectKernel6x2())
        };
  }

  private static FloatDirectKernel started(FloatDirectKernel kernel) {
    return FloatDirectKernelScalar.fits(kernel.lanes())
        ? new FloatStartingDirectKernel(kernel)
        : kernel;
  }
}

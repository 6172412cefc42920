// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoadOrder;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.Starting;

/**
 * The innermost loop of a direct convolution whose source stands in lines, copied ({@link
 * FloatImageLines}) or as whole planes ({@link FloatPlanesFilter}): a run of neighbouring pixels,
 * with channels of the target in the lanes and two or three terms of their sums in each step.
 *
 * <pre>
 *   sums[j][l] = start[j][l] + Σ_p Σ_k x(p, j, k) · weight[p][k][l]
 *                            0 ≤ j &lt; RUN, 0 ≤ l &lt; NR, 0 ≤ p &lt; steps, 0 ≤ k &lt; taps, in order
 *
 *   operand  layout                                        element
 *   x        one line behind the other ({@link LineForm})  lines[first + p·step + j·stride + k·spread]
 *   weight   NR channels of one term adjacent              weight[weightOffset + (taps·p + k)·NR + l]
 *   sums     NR channels of one pixel adjacent             sums[to + j·pixelStep + l]
 * </pre>
 *
 * <p>The terms' sum starts from zero and is added to {@code start} once: NR values at {@code
 * initial}, the same for each pixel, or what the sums hold if it is negative. The bits are those of
 * {@link FloatDirectKernel}.
 *
 * <p>What it is for is few instructions: a broadcast serves up to three terms, and all distances
 * are constants, so that C2 takes every check out of the loop.
 *
 * <pre>
 *   instructions / multiply-adds of the loop (JDK 25)
 *   10x2, three columns   89 / 60 = 1.48
 *    7x2, the same with stride 2   74 / 42 = 1.76
 *   10x2, two columns     64 / 40 = 1.60
 *   12x2, two channels    83 / 48 = 1.73
 *   12x2, of two planes   84 / 48 = 1.75
 *   {@link FloatDirectKernel} 14x2  66 / 28 = 2.36
 * </pre>
 *
 * <p>Prototypes of these loops, alone and from a level 1 and 2 cache, had 1.2 to 1.35 times the
 * speed on a core that begins two multiply-adds of 512 bits in a cycle, the more where the core's
 * other thread takes its share of the front end, as in a virtual machine it may (Emerald Rapids).
 *
 * <p>Names: {@code 10x2} = 10 pixels by 2 vectors. 10·2 accumulators, 6 vectors of weights and what
 * C2 hoists of the broadcasts fit 32 registers; 12·2 do with 4 vectors of weights. They do if C2
 * loads the weights first, which {@link LoadOrder} sees to.
 */
public interface FloatLineKernel extends Starting.Form {
  /** RUN. */
  int run();

  /** NR. */
  int lanes();

  /** Which elements it reads. */
  LineForm form();

  /**
   * Computes RUN pixels by NR channels.
   *
   * @param steps from 0 to {@link LoopStrip#MOST}
   * @param pixelStep elements from the sums of one pixel to those of the next
   */
  void accumulate(
      int steps,
      float[] lines,
      int first,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int to,
      int pixelStep);

  @Override
  default int trial() {
    int steps = 8;
    int products = steps * form().taps() * run() * lanes();
    float[] zeros =
        FloatZeros.atLeast(
            Math.max(products / run(), run() * lanes()) + (steps + 1) * form().step());
    // Both ways to begin: C2 leaves out the one that nobody has taken, and compiles again for it.
    accumulate(steps, zeros, 0, zeros, 0, zeros, 0, 0, lanes());
    accumulate(steps, zeros, 0, zeros, 0, zeros, -1, 0, lanes());
    return 2 * products / FloatLanes.LENGTH;
  }
}

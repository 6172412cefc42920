// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.Starting;
import java.util.List;

/**
 * The innermost loop of a direct convolution whose source stands in lines ({@link
 * FloatImageLines}): a run of neighbouring pixels, with channels of the target in the lanes and
 * three neighbouring taps of the kernel in each step.
 *
 * <pre>
 *   sums[j][l] = start[j][l] + Σ_p Σ_k line(p)[j + k] · weight[p][k][l]
 *                            0 ≤ j &lt; RUN, 0 ≤ l &lt; NR, 0 ≤ p &lt; steps, 0 ≤ k &lt; 3, in order
 *
 *   operand  layout                                        element
 *   lines    one line behind the other                     lines[first + p·LINE + j + k]
 *   weight   NR channels of one tap adjacent               weight[weightOffset + (3·p + k)·NR + l]
 *   sums     NR channels of one pixel adjacent             sums[to + j·NR + l]
 * </pre>
 *
 * <p>The taps' sum starts from zero and is added to {@code start} once: NR values at {@code
 * initial}, the same for each pixel, or what the sums hold if it is negative. The bits are those of
 * {@link FloatDirectKernel}.
 *
 * <p>What it is for is few instructions: a broadcast serves up to three taps, and all distances are
 * constants, so that C2 takes every check out of the loop. {@code 10x2} has 92 instructions for 60
 * multiply-adds, {@link FloatDirectKernel} 66 for 28 (JDK 25). Where the other thread of a physical
 * core takes its share of the front end, as in a virtual machine it may, that is 1.3 times the
 * speed; on a quiet core 1.06 times (both alone, from a level 1 and 2 cache, on Emerald Rapids).
 *
 * <p>Names: {@code 10x2} = 10 pixels by 2 vectors. 10·2 accumulators, 6 vectors of weights and what
 * C2 hoists of the broadcasts fit 32 registers; 12·2 are spilled.
 */
public interface FloatLineKernel extends Starting.Form {
  /** Taps of a step. */
  int TAPS = 3;

  /**
   * Elements from one line to the next: two cache lines of 64 bytes in single precision. Rows of 28
   * pixels nearly fill them, of 56 two, of 14 one of the two. With five cache lines to a line
   * images of 14×14 took a tenth longer, with one more is copied.
   */
  int LINE = 32;

  /** All of them, by run length, each one pixel longer than the one before. */
  List<Starting<FloatLineKernel>> ALL =
      List.of(
          started(FloatLineKernel5x2.class, 5),
          started(FloatLineKernel6x2.class, 6),
          started(FloatLineKernel7x2.class, 7),
          started(FloatLineKernel8x2.class, 8),
          started(FloatLineKernel9x2.class, 9),
          started(FloatLineKernel10x2.class, 10));

  /** RUN of the first of {@link #ALL}. */
  int SHORTEST = 5;

  /** RUN of the last of {@link #ALL}. */
  int LONGEST = 10;

  /** RUN. */
  int run();

  /** NR. */
  int lanes();

  /**
   * Computes RUN pixels by NR channels.
   *
   * @param steps from 0 to {@link LoopStrip#MOST}
   */
  void accumulate(
      int steps,
      float[] lines,
      int first,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int to);

  private static Starting<FloatLineKernel> started(
      Class<? extends FloatLineKernel> vector, int run) {
    FloatLineKernel scalar = new FloatLineKernelScalar(run, 2 * FloatLanes.LENGTH);
    return new Starting<>(vector, scalar);
  }

  @Override
  default int trial() {
    int steps = 8;
    int products = steps * TAPS * run() * lanes();
    float[] zeros = FloatZeros.atLeast(Math.max(products / run(), run() * lanes()) + steps * LINE);
    accumulate(steps, zeros, 0, zeros, 0, zeros, 0, 0);
    return products / FloatLanes.LENGTH;
  }
}

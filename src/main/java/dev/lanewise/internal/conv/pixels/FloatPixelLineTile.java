// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.Starting;

/**
 * As {@link FloatPixelTile}, with kernels of three columns and a source that stands in lines, one
 * behind the other for each row of the kernel and each channel.
 *
 * <pre>
 *   target[targetAt[v] + f·plane + l] =
 *       bias[f] + Σ_p Σ_k weight[(3·p + k)·F + f] · source[sourceAt[v] + p·LINE + k + l]
 *                     0 ≤ f &lt; F, begin ≤ v &lt; end, 0 ≤ l &lt; LENGTH, 0 ≤ p &lt; steps, 0 ≤ k &lt; 3, in order
 * </pre>
 *
 * <p>The order is that of {@link FloatPixelTerms}, so the bits are those of {@link FloatPixelTile}.
 * That each step is a constant distance from the one before, and three terms of it, leaves {@code
 * 4x4} 88 instructions for 48 multiply-adds instead of 48 for 16 (JDK 25): 1.5 times the speed on a
 * core that begins two multiply-adds of 512 bits in a cycle, where its other thread takes its share
 * 1.2 times (alone, 16 channels of 32×32, Emerald Rapids).
 */
public interface FloatPixelLineTile extends Starting.Form {
  /** Columns of the kernel. */
  int TAPS = 3;

  /** F. */
  int filters();

  /** V. */
  int vectors();

  /** LENGTH. */
  int lanes();

  /**
   * Overwrites a run of vectors of F planes, as {@link FloatPixelTile#run}.
   *
   * @param steps from 0 to {@link LoopStrip#MOST}
   */
  void run(
      int begin,
      int end,
      int[] sourceAt,
      int[] targetAt,
      int steps,
      float[] source,
      int sourceOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int targetOffset,
      int plane);

  @Override
  default int trial() {
    int steps = 8;
    int[] places = new int[vectors()];
    float[] zeros = FloatZeros.atLeast(steps * PixelLine.LONGEST + TAPS + FloatLanes.LENGTH);
    run(0, vectors(), places, places, steps, zeros, 0, zeros, 0, zeros, 0, zeros, 0, 0);
    return steps * TAPS * filters() * vectors();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.simd.Machine;
import java.util.List;
import java.util.stream.Stream;

/**
 * The innermost loops of {@link FloatPixelFilter}: a few filters on a run of pixels, the pixels in
 * the lanes.
 *
 * <pre>
 *   target[f·plane + p] = bias[f] + Σ_k weight[k·F + f] · source[shift[k] + p]
 *                                    0 ≤ f &lt; F, begin ≤ p &lt; end, 0 ≤ k &lt; terms, k ascending
 * </pre>
 *
 * <p>There are no edges: the last tile of a run ends where the run does, so it computes again what
 * the tile before it did, with the same bits. A run that is shorter than a tile begins before
 * {@code begin}: it needs {@link #pixels()} elements up to {@code end} to read and to write.
 *
 * <p>A tile of F filters and V vectors keeps F·V accumulators, V vectors of pixels and F weights;
 * as in {@link dev.lanewise.internal.gemm.FloatMicrokernel} they fit the registers, and both loops
 * fit one method that C1 accepts. Names: {@code 4x2} = 4 filters by 2 vectors.
 */
public interface FloatPixelTile {

  /** The tiles of this machine, by filters: 1, 2, 3 and so on. */
  List<FloatPixelTile> ALL =
      (Machine.REGISTERS >= 32
              ? Stream.of(
                  new FloatPixelTile1x8(),
                  new FloatPixelTile2x4(),
                  new FloatPixelTile3x4(),
                  new FloatPixelTile4x4(),
                  new FloatPixelTile5x4())
              : Stream.of(
                  new FloatPixelTile1x8(),
                  new FloatPixelTile2x4(),
                  new FloatPixelTile3x3(),
                  new FloatPixelTile4x2()))
          .<FloatPixelTile>map(FloatStartingPixelTile::new)
          .toList();

  /** F. */
  int filters();

  /** Pixels of one tile. */
  int pixels();

  /** Overwrites a run of pixels of F planes. */
  void run(
      int begin,
      int end,
      int terms,
      int[] shifts,
      int firstShift,
      float[] source,
      int sourceOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int targetOffset,
      int plane);
}

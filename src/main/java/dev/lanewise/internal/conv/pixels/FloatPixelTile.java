// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.Machine;
import java.util.List;

/**
 * The innermost loops of {@link FloatPixelFilter}: a few filters on a run of vectors of pixels.
 *
 * <pre>
 *   target[targetAt[v] + f·plane + l] = bias[f] + Σ_k weight[k·F + f] · source[sourceAt[v] + shift[k] + l]
 *                     0 ≤ f &lt; F, begin ≤ v &lt; end, 0 ≤ l &lt; LENGTH, 0 ≤ k &lt; terms, k ascending
 * </pre>
 *
 * <p>Vectors may overlap, so a row can end in a full one. The last tile of a run ends where the run
 * does, so it computes again what the tile before it did, with the same bits. A run that is shorter
 * than a tile begins before {@code begin}: there must be {@link #vectors()} up to {@code end}.
 *
 * <p>A tile of F filters and V vectors keeps F·V accumulators, V vectors of pixels and F weights;
 * as in {@link dev.lanewise.internal.gemm.FloatMicrokernel} they fit the registers, and both loops
 * fit one method that C1 accepts. Names: {@code 4x2} = 4 filters by 2 vectors.
 */
public interface FloatPixelTile {

  /** The tiles of this machine, by filters: 1, 2, 3 and so on. */
  List<FloatPixelTile> ALL =
      Machine.REGISTERS >= 32
          ? List.of(
              new FloatStartingPixelTile(new FloatPixelTile1x8()),
              new FloatStartingPixelTile(new FloatPixelTile2x4()),
              new FloatStartingPixelTile(new FloatPixelTile3x4()),
              new FloatStartingPixelTile(new FloatPixelTile4x4()),
              new FloatStartingPixelTile(new FloatPixelTile5x4()))
          : List.of(
              new FloatStartingPixelTile(new FloatPixelTile1x8()),
              new FloatStartingPixelTile(new FloatPixelTile2x4()),
              new FloatStartingPixelTile(new FloatPixelTile3x3()),
              new FloatStartingPixelTile(new FloatPixelTile4x2()));

  /** Of filters as few tiles as possible, all about as high. */
  static FloatPixelTile[] tiles(int filters) {
    FloatPixelTile[] tiles = new FloatPixelTile[Math.ceilDiv(filters, ALL.size())];
    int left = filters;
    for (int i = 0; i < tiles.length; i++) {
      int height = Math.ceilDiv(left, tiles.length - i);
      tiles[i] = ALL.get(height - 1);
      left -= height;
    }
    return tiles;
  }

  /** F. */
  int filters();

  /** V. */
  int vectors();

  /** LENGTH. */
  int lanes();

  /** Overwrites a run of vectors of F planes. */
  void run(
      int begin,
      int end,
      int[] sourceAt,
      int[] targetAt,
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

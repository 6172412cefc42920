// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;

/**
 * The innermost loop of a Winograd convolution: at one place of the transformed tiles, a panel of
 * tiles times the weight.
 *
 * <pre>
 *   M[t][o] = Σ_c V[t][c] · U[c][o]       0 ≤ t &lt; rows, 0 ≤ o &lt; columns, 0 ≤ c &lt; k ascending
 *
 *   operand  shape          element
 *   V        rows×k         v[vOffset + ⌊c / L⌋·blockFloats + t·L + c mod L]
 *   U        k×columns      u[uOffset + (⌊o / L⌋·(k + 1) + c)·L + o mod L]
 *   M        rows×columns   m[mOffset + t·tile + o]
 * </pre>
 *
 * <p>L is {@link FloatTileTransform#lanes()}: V is what the input transform left, vectors of
 * channels, L of them for each tile of a panel before the next L channels follow. Tiles are
 * broadcast, output channels fill the vectors. Each vector of a row of U comes from a stretch of
 * memory of its own: a processor fetches two streams ahead that come from beyond its second-level
 * cache, as U does, faster than one. Products are added with one fused multiply-add where the
 * machine has it, in the same order for every tile, so that it does not matter which tiles share a
 * panel. Names and registers: as {@link dev.lanewise.internal.gemm.FloatMicrokernel}.
 */
public interface FloatTileProduct extends Starting.Form {
  /** For whole panels on this machine. */
  Starting<FloatTileProduct> BEST = choose();

  /** For panels of few tiles: as wide as {@link #BEST} and at most as high. */
  Starting<FloatTileProduct> LOW =
      BEST.kernel().rows() > 4 ? started(FloatTileProduct4x2.class, 4) : BEST;

  /** Tiles. */
  int rows();

  /** Output channels. */
  int columns();

  /** Overwrites M. */
  void multiply(
      int k,
      float[] v,
      int vOffset,
      int blockFloats,
      float[] u,
      int uOffset,
      float[] m,
      int mOffset,
      int tile);

  @Override
  default int trial() {
    int channels = 16;
    // L is at most the columns.
    float[] v = FloatZeros.atLeast((rows() + 1) * columns());
    float[] u = FloatZeros.atLeast((channels + 1) * columns());
    float[] m = FloatZeros.atLeast(rows() * columns());
    multiply(channels, v, 0, 0, u, 0, m, 0, columns());
    return channels * rows() * 2;
  }

  private static Starting<FloatTileProduct> choose() {
    if (!Machine.SIMD) {
      return Starting.fixed(new FloatTileProductScalar(2, 4, 4));
    }
    if (!Machine.FMA) {
      return started(FloatTileProduct4x2MulAdd.class, 4);
    }
    return Machine.REGISTERS >= 32
        ? started(FloatTileProduct8x2.class, 8)
        : started(FloatTileProduct4x2.class, 4);
  }

  private static Starting<FloatTileProduct> started(
      Class<? extends FloatTileProduct> vector, int rows) {
    int lanes = FloatLanes.LENGTH;
    return new Starting<>(vector, new FloatTileProductScalar(rows, 2 * lanes, lanes));
  }
}

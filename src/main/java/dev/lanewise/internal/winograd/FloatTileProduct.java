// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.winograd;

import dev.lanewise.internal.simd.Machine;

/**
 * The innermost loop of a Winograd convolution: at one place of the transformed tiles, a panel of
 * tiles times the weight.
 *
 * <pre>
 *   M[t][o] = Σ_c V[t][c] · U[c][o]       0 ≤ t &lt; rows, 0 ≤ o &lt; columns, 0 ≤ c &lt; k ascending
 *
 *   operand  shape          element
 *   V        rows×k         v[vOffset + ⌊c / L⌋·blockFloats + t·L + c mod L]
 *   U        k×columns      u[uOffset + c·columns + o]
 *   M        rows×columns   m[mOffset + t·tile + o]
 * </pre>
 *
 * <p>L is {@link FloatTileTransform#lanes()}: V is what the input transform left, vectors of
 * channels, L of them for each tile of a panel before the next L channels follow. Tiles are
 * broadcast, output channels fill the vectors. Products are added with one fused multiply-add where
 * the machine has it, in the same order for every tile, so that it does not matter which tiles
 * share a panel. Names and registers: as {@link dev.lanewise.internal.gemm.FloatMicrokernel}.
 */
public sealed interface FloatTileProduct
    permits FloatTileProduct8x2,
        FloatTileProduct4x2,
        FloatTileProduct4x2MulAdd,
        FloatTileProductScalar {
  /** For whole panels on this machine. */
  FloatTileProduct BEST = choose();

  /** For panels of few tiles: as wide as {@link #BEST} and at most as high. */
  FloatTileProduct LOW = BEST.rows() > 4 ? new FloatTileProduct4x2() : BEST;

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

  private static FloatTileProduct choose() {
    if (!Machine.SIMD) {
      return new FloatTileProductScalar();
    }
    if (!Machine.FMA) {
      return new FloatTileProduct4x2MulAdd();
    }
    return Machine.REGISTERS >= 32 ? new FloatTileProduct8x2() : new FloatTileProduct4x2();
  }
}

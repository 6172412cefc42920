// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;

/**
 * The transforms of Winograd's F(m×m, 3×3), which computes a tile of m×m outputs of a 3×3 filter
 * with T² multiplications, T = m + 2:
 *
 * <pre>
 *   V = Bᵀ d B    from a tile d of T×T inputs
 *   U = G g Gᵀ    from a filter g
 *   Y = Aᵀ M A    to a tile of m×m outputs
 * </pre>
 *
 * <p>Each is two passes of a one-dimensional transform. A pass is one method with one transform in
 * its loop: of more of them C2 stops inlining the vector operations ("NodeCountInliningCutoff", JDK
 * 25) and boxes their vectors. Channels are side by side in groups of L = {@link #lanes()}; what
 * follows calls such a group an element. Place i·T + j of a tile is its row i and column j.
 *
 * <p>Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
 */
public interface FloatTileTransform extends Starting.Form {
  /** F(2×2, 3×3) on this machine. */
  Starting<FloatTileTransform> F2 =
      Machine.SIMD
          ? new Starting<>(
              FloatVectorTileTransform2.class, new FloatScalarTileTransform2(FloatLanes.LENGTH))
          : Starting.fixed(new FloatScalarTileTransform2(4));

  /** F(4×4, 3×3) on this machine. */
  Starting<FloatTileTransform> F4 =
      Machine.SIMD
          ? new Starting<>(
              FloatVectorTileTransform4.class, new FloatScalarTileTransform4(FloatLanes.LENGTH))
          : Starting.fixed(new FloatScalarTileTransform4(4));

  /** m. */
  int outputs();

  /** L. */
  int lanes();

  /**
   * Bᵀ d, the first pass, for the columns of all tiles of a row: column x of the result, T elements
   * side by side, from column x of T rows.
   *
   * <p>Element x of row i is at {@code from[at + i·row + x·L]}, element i of column x at {@code
   * to[toAt + (x·T + i)·L]}, for x in [0, count).
   */
  void inputColumns(float[] from, int at, int row, float[] to, int toAt, int count);

  /**
   * (Bᵀ d) B, the second pass: tile q from columns m·q to m·q + T − 1 of the first.
   *
   * <p>Place p of tile q goes to {@code to[toAt + (p·rows + q)·L]}, rows being those of {@link
   * FloatTileProduct#BEST}, for q in [0, count).
   */
  void inputRows(float[] from, int at, float[] to, int toAt, int count);

  /**
   * G g, one pass, for filters whose three elements are {@code plane} apart: element i of filter q
   * at {@code from[at + i·plane + q·step]}, element j of its transform at {@code to[toAt +
   * j·toPlane + q·toStep]}, for q in [0, count).
   */
  void weight(
      float[] from,
      int at,
      int plane,
      int step,
      float[] to,
      int toAt,
      int toPlane,
      int toStep,
      int count);

  /**
   * Aᵀ M, the first pass, for all columns of count tiles and all columns of {@link
   * FloatTileProduct#BEST}, of which there are C.
   *
   * <p>Place p of tile q is at {@code m[at + q·tile + p·C]}, element (i, j) of the result at {@code
   * to[toAt + ((q·m + i)·T + j)·C]}.
   */
  void outputColumns(float[] m, int at, int tile, float[] to, int toAt, int count);

  /**
   * (Aᵀ M) A + c, the second pass, for count tiles from the last to the first.
   *
   * <p>Output (i, j) of tile q goes to {@code to[toAt + i·toRow + (q·m + j)·C]}; c are the C values
   * from {@code addend[addendAt]} on.
   */
  void outputRows(
      float[] from,
      int at,
      float[] addend,
      int addendAt,
      float[] to,
      int toAt,
      int toRow,
      int count);

  @Override
  default int trial() {
    int count = 8;
    int places = (outputs() + 2) * (outputs() + 2);
    float[] tiles =
        FloatZeros.atLeast(
            places * Math.max(count, FloatTileProduct.BEST.kernel().rows()) * lanes());
    inputColumns(tiles, 0, lanes(), tiles, 0, count);
    inputRows(tiles, 0, tiles, 0, 1);
    weight(tiles, 0, lanes(), 0, tiles, 0, lanes(), 0, count);
    outputColumns(tiles, 0, 0, tiles, 0, 1);
    outputRows(tiles, 0, tiles, 0, tiles, 0, lanes(), 1);
    return 8 * places;
  }
}

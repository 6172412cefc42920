// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.util.List;

/**
 * The innermost loop of dot products over pixels: MR rows of one operand times NR rows of another,
 * pixels in the lanes of vectors.
 *
 * <pre>
 *   C[i][j][l] += Σ_q A[i][q·LENGTH + l] · B[j][q·LENGTH + l]
 *
 *   operand  shape        element
 *   A        MR×K         a[aOffset + i·lda + p]; rows from aRows on repeat the last one
 *   B        NR×K         b[bOffset + bAt[bIndex + j] + p]
 *   C        MR×NR×LENGTH c[cOffset + i·ldc + j·LENGTH + l]
 * </pre>
 *
 * <p>K = count·LENGTH + rest. The last vector ends at the last element, so a row must be at least
 * LENGTH elements behind the start of its array. The sum of a lane starts from zero and meets C
 * once, at the end; what a tile's lanes hold is added up elsewhere, once for many calls.
 *
 * <p>Every operand is loaded (MR + NR loads for MR·NR multiply-adds) and few loads are aligned, so
 * the tile wants to be square; MR·NR + MR + NR is at most the number of registers.
 */
public interface FloatDotTile extends Starting.Form {
  /** The tiles for this machine, which has vectors. */
  List<Starting<FloatDotTile>> ALL = all();

  private static List<Starting<FloatDotTile>> all() {
    if (!Machine.FMA) {
      return List.of(started(FloatDotTile3x3MulAdd.class, 3, 3));
    }
    return Machine.REGISTERS >= 32
        ? List.of(
            started(FloatDotTile5x3.class, 5, 3),
            started(FloatDotTile4x4.class, 4, 4),
            started(FloatDotTile1x9.class, 1, 9))
        : List.of(started(FloatDotTile3x3.class, 3, 3));
  }

  private static Starting<FloatDotTile> started(
      Class<? extends FloatDotTile> vector, int rows, int columns) {
    return new Starting<>(vector, new FloatDotTileScalar(rows, columns));
  }

  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** LENGTH. */
  int lanes();

  /**
   * Adds the products of two sets of rows to a tile of vectors.
   *
   * @param count at most {@link LoopStrip#MOST}
   */
  void accumulate(
      int count,
      int rest,
      float[] a,
      int aOffset,
      int lda,
      int aRows,
      float[] b,
      int bOffset,
      int[] bAt,
      int bIndex,
      float[] c,
      int cOffset,
      int ldc);

  @Override
  default int trial() {
    int vectors = 16;
    float[] rows = FloatZeros.atLeast(vectors * lanes() + 1);
    float[] sums = FloatZeros.atLeast(rows() * columns() * lanes());
    accumulate(
        vectors,
        1,
        rows,
        0,
        0,
        rows(),
        rows,
        0,
        new int[columns()],
        0,
        sums,
        0,
        columns() * lanes());
    return rows() * columns() * vectors;
  }
}

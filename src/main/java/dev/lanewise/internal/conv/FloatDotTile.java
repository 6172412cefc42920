// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.simd.Machine;
import java.util.Arrays;
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
public sealed interface FloatDotTile
    permits FloatDotTile5x3,
        FloatDotTile4x4,
        FloatDotTile1x9,
        FloatDotTile3x3,
        FloatDotTile3x3MulAdd {
  /** The tiles for this machine, which has vectors. */
  static List<FloatDotTile> all() {
    if (!Machine.FMA) {
      return List.of(new FloatDotTile3x3MulAdd());
    }
    return Machine.REGISTERS >= 32
        ? List.of(new FloatDotTile5x3(), new FloatDotTile4x4(), new FloatDotTile1x9())
        : List.of(new FloatDotTile3x3());
  }

  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** LENGTH. */
  int lanes();

  /** Adds the products of two sets of rows to a tile of vectors. */
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

  /** {@code length} zeros followed by as many ones. */
  static float[] zerosThenOnes(int length) {
    float[] values = new float[2 * length];
    Arrays.fill(values, length, 2 * length, 1);
    return values;
  }
}

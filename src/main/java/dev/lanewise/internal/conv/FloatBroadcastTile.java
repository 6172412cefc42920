// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.simd.Machine;
import java.util.List;

/**
 * The innermost loop of outer products over pixels: MR rows of one operand, broadcast, times NR
 * channels of another, in the lanes of vectors.
 *
 * <pre>
 *   C[i][j] += Σ_p A[i][p] · B[p][j]      0 ≤ i &lt; MR, 0 ≤ j &lt; NR, 0 ≤ p &lt; count, p ascending
 *
 *   operand  shape     element
 *   A        MR×count  a[aOffset + aAt[aIndex + i] + p]
 *   B        count×NR  b[bOffset + p·NR + j]
 *   C        MR×NR     c[cOffset + i·NR + j]
 * </pre>
 *
 * <p>The sum starts from zero and meets C once, at the end. It differs from a microkernel of the
 * matrix product in A, which is not packed: its rows are where a table says.
 */
public sealed interface FloatBroadcastTile
    permits FloatBroadcastTile6x4,
        FloatBroadcastTile9x2,
        FloatBroadcastTile4x2,
        FloatBroadcastTile4x2MulAdd {
  /** The tiles for this machine, which has vectors. */
  static List<FloatBroadcastTile> all() {
    if (!Machine.FMA) {
      return List.of(new FloatBroadcastTile4x2MulAdd());
    }
    return Machine.REGISTERS >= 32
        ? List.of(new FloatBroadcastTile9x2(), new FloatBroadcastTile6x4())
        : List.of(new FloatBroadcastTile4x2());
  }

  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** Adds the products of MR rows and NR channels to a tile. */
  void accumulate(
      int count,
      float[] a,
      int aOffset,
      int[] aAt,
      int aIndex,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset);
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
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
public interface FloatBroadcastTile extends Starting.Form {
  /** The tiles for this machine, which has vectors. */
  List<Starting<FloatBroadcastTile>> ALL = all();

  private static List<Starting<FloatBroadcastTile>> all() {
    if (!Machine.FMA) {
      return List.of(started(FloatBroadcastTile4x2MulAdd.class, 4, 2));
    }
    return Machine.REGISTERS >= 32
        ? List.of(
            started(FloatBroadcastTile6x4.class, 6, 4), started(FloatBroadcastTile9x2.class, 9, 2))
        : List.of(started(FloatBroadcastTile4x2.class, 4, 2));
  }

  private static Starting<FloatBroadcastTile> started(
      Class<? extends FloatBroadcastTile> vector, int rows, int vectors) {
    return new Starting<>(vector, new FloatBroadcastTileScalar(rows, vectors * FloatLanes.LENGTH));
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

  @Override
  default int trial() {
    int pixels = 16;
    float[] zeros = FloatZeros.atLeast(Math.max(rows(), pixels) * columns());
    accumulate(pixels, zeros, 0, new int[rows()], 0, zeros, 0, zeros, 0);
    return pixels * rows() * columns() / FloatLanes.LENGTH;
  }
}

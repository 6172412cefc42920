// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * C = A·B for operands in native memory, read and written where they lie: a small product would
 * spend a tenth of its time on packing. With the bits of {@link FloatMacrokernel}, for products
 * whose A and B it reads in place, of one block of KC and without columns that are dot products.
 *
 * <p>Tiles that C does not hold whole begin some rows or columns earlier: they are written with the
 * same bits again.
 */
final class FloatNativeProduct {
  private static final int MR = FloatMacrokernel.WIDE.mr();
  private static final int NR = FloatMacrokernel.WIDE.nr();
  private static final int MC = FloatMacrokernel.WIDE.mcForOneBlock(false);

  private FloatNativeProduct() {}

  private static Starting<FloatMicrokernelOfSegments> tile(int columns) {
    int width = FloatMacrokernel.WIDE.columnTile(columns).columns();
    return FloatMicrokernelOfSegments.ALL.get(width / FloatLanes.LENGTH - 1);
  }

  /** One of the tiles for so many columns that is not fast yet; null if all are. */
  static Starting<FloatMicrokernelOfSegments> waiting(int columns) {
    Starting<FloatMicrokernelOfSegments> whole = tile(Math.min(columns, NR));
    Starting<FloatMicrokernelOfSegments> last = tile((columns - 1) % NR + 1);
    if (whole.kernel() == null) {
      return whole;
    }
    return last.kernel() == null ? last : null;
  }

  /**
   * Multiplies m×k by k×n.
   *
   * @param m at least MR
   * @param n at least NR, or a tile's columns
   * @param nc columns of B that stay near while the rows of A pass by, whole panels
   */
  static void run(
      int m,
      int n,
      int k,
      int nc,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb,
      MemorySegment c,
      long cOffset,
      long ldc) {
    for (int j0 = 0; j0 < n; j0 += nc) {
      int end = Math.min(j0 + nc, n);
      for (int i = 0; i < m; i += MC) {
        int rows = Math.min(MC, m - i);
        for (int j = j0; j < end; j += NR) {
          FloatMicrokernelOfSegments tile = tile(Math.min(NR, end - j)).kernel();
          int column = Math.min(j, end - tile.columns());
          int tiles = rows / MR;
          if (tiles > 0) {
            tile.accumulate(
                1,
                0,
                tiles,
                k,
                a,
                aOffset + i * lda,
                lda,
                b,
                bOffset + column,
                ldb,
                c,
                cOffset + i * ldc + column,
                ldc);
          }
          if (rows % MR > 0) {
            int row = i + rows - MR;
            tile.accumulate(
                1,
                0,
                1,
                k,
                a,
                aOffset + row * lda,
                lda,
                b,
                bOffset + column,
                ldb,
                c,
                cOffset + row * ldc + column,
                ldc);
          }
        }
      }
    }
  }
}

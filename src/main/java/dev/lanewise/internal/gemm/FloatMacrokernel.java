// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;
import java.util.Arrays;

/**
 * The two loops around the microkernel: C += A·B, or C = A·B, for a packed block of A (mc×kc) and a
 * block of B (kc×nc) in panels, packed or as they stand.
 *
 * <p>A panel of B that fits in half of the first-level cache stays there while all rows of A go
 * past it (BLIS: JR around IR). One that does not, as with vectors of 512 bits, comes from the
 * second-level cache each time; then the micropanel of A, a third of its size, is what stays. On
 * large matrices the wrong order costs three to ten points of the peak (Zen 4).
 *
 * <p>A microtile that C does not hold whole, or that lies in native memory, is computed in a
 * temporary one and moved row by row.
 */
public final class FloatMacrokernel {
  private static final FloatMicrokernel MICROKERNEL = FloatMicrokernel.BEST;
  private static final FloatMicrokernel LOWER = FloatMicrokernel.LOWER;
  private static final FloatMicrokernel LOW = FloatMicrokernel.LOW;
  private static final FloatMicrokernel NARROW = FloatMicrokernel.NARROW;
  private static final int KC = Blocking.KC;

  /** MR of this machine's tile: rows in a micropanel of A. */
  public static final int MR = MICROKERNEL.rows();

  /** NR of this machine's tile: columns in a micropanel of B. */
  public static final int NR = MICROKERNEL.columns();

  /**
   * Up to so many last columns, too few for a tile, are dot products of this depth at least: a
   * column of B by rows of A, products in the lanes.
   */
  private static final int MOST_THIN = Math.max(1, NARROW.columns() / 4);

  private static final int LEAST_THIN_DEPTH = 4 * NARROW.columns();

  /** Elements of scratch: a row of zeros, the temporary microtile and a column of B. */
  public static final int SCRATCH = NR + MR * NR + KC;

  /** Half of the smallest first-level cache around, in bytes. */
  private static final int NEAR = 16 << 10;

  private static final boolean PANEL_STAYS = NR * KC * Float.BYTES <= NEAR;

  /**
   * MC: rows of A in a block, whole panels of every tile. Where the panels of B pass by, so few
   * that the block of A and that of C stay near the first-level cache.
   */
  static final int MC = PANEL_STAYS ? 240 : 60;

  /**
   * Up to so many rows of A, B is not packed: from 200 to 500 rows on both ways are equally fast
   * (Zen 4). Where a panel could stay in the first-level cache it always pays to pack it.
   */
  static final int ROWS_FOR_B_IN_PLACE = PANEL_STAYS ? 0 : 256;

  private FloatMacrokernel() {}

  /** This machine's tile in words. */
  public static String describe() {
    return "microtile %dx%d (%s)".formatted(MR, NR, MICROKERNEL.getClass().getSimpleName());
  }

  /**
   * Multiplies two blocks.
   *
   * @param packed holds A from {@code a} on, {@link #SCRATCH} elements from {@code scratch} on
   * @param b holds B, its first panel from {@code bOffset} on
   * @param panel elements from one panel of B to the next
   * @param ldb elements from one p of a panel to the next
   * @param padded whether the last panel of B is filled up; else the columns before it are there to
   *     make it whole
   * @param overwrite whether C becomes the product, whatever it held; else it is added to C
   * @param c holds C, row-major
   * @param ldc elements from one row of C to the next
   */
  public static void run(
      int mc,
      int nc,
      int kc,
      float[] packed,
      int a,
      int scratch,
      float[] b,
      int bOffset,
      int panel,
      int ldb,
      boolean padded,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int rest = nc % NARROW.columns();
    int thin = rest <= MOST_THIN && kc >= LEAST_THIN_DEPTH ? rest : 0;
    for (int j = nc - thin; j < nc; j++) {
      int column = bOffset + j / NR * panel + j % NR;
      column(mc, kc, packed, a, scratch, b, column, ldb, overwrite, c, cOffset + j, ldc);
    }
    // -0 is what adding leaves unchanged: +0 would turn a sum of -0 into +0.
    Arrays.fill(packed, scratch, scratch + NR, -0.0f);
    int rows;
    for (int i = 0; i < mc; i += rows) {
      rows = PANEL_STAYS ? mc : Math.min(tile(mc - i).rows(), mc - i);
      block(
          rows,
          nc - thin,
          kc,
          packed,
          a + i * KC,
          scratch,
          b,
          bOffset,
          panel,
          ldb,
          padded,
          overwrite,
          c,
          cOffset + (long) i * ldc,
          ldc);
    }
  }

  /** One column of C. */
  private static void column(
      int mc,
      int kc,
      float[] packed,
      int a,
      int scratch,
      float[] b,
      int bOffset,
      int ldb,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int column = scratch + NR + MR * NR;
    for (int p = 0; p < kc; p++) {
      packed[column + p] = b[bOffset + p * ldb];
    }
    for (int i = 0; i < mc; i++) {
      float sum = FloatRows.BEST.dot(packed, a + i * KC, packed, column, kc);
      if (overwrite) {
        FloatMemory.set(c, cOffset + (long) i * ldc, sum);
      } else {
        FloatMemory.add(c, cOffset + (long) i * ldc, sum);
      }
    }
  }

  private static void block(
      int mc,
      int nc,
      int kc,
      float[] packed,
      int a,
      int scratch,
      float[] b,
      int bOffset,
      int panel,
      int ldb,
      boolean padded,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int at = bOffset;
    for (int j = 0; j < nc; j += NR) {
      boolean narrow = nc - j <= NARROW.columns();
      int height;
      for (int i = 0; i < mc; i += height) {
        FloatMicrokernel tile = narrow ? NARROW : tile(mc - i);
        height = tile.rows();
        microtile(
            tile,
            mc - i,
            nc - j,
            kc,
            packed,
            a + i * KC,
            scratch,
            b,
            at,
            ldb,
            padded,
            overwrite,
            c,
            cOffset + (long) i * ldc + j,
            ldc);
      }
      at += panel;
    }
  }

  /** The next tile for so many rows: as few tiles as can be, and no empty row if that can be. */
  private static FloatMicrokernel tile(int rows) {
    if (rows <= LOW.rows()) {
      return LOW;
    }
    int tooMany = Blocking.padded(rows, MR) - rows;
    return tooMany >= MR - LOWER.rows() ? LOWER : MICROKERNEL;
  }

  private static void microtile(
      FloatMicrokernel kernel,
      int rowsLeft,
      int columnsLeft,
      int kc,
      float[] packed,
      int a,
      int zeros,
      float[] b,
      int bOffset,
      int ldb,
      boolean padded,
      boolean overwrite,
      Object c,
      long corner,
      int ldc) {
    if (rowsLeft >= kernel.rows()
        && columnsLeft >= kernel.columns()
        && c instanceof float[] array) {
      int at = (int) corner;
      if (overwrite) {
        kernel.accumulate(kc, packed, a, b, bOffset, ldb, packed, zeros, 0, array, at, ldc);
      } else {
        kernel.accumulate(kc, packed, a, b, bOffset, ldb, array, at, ldc, array, at, ldc);
      }
      return;
    }
    int rows = Math.min(kernel.rows(), rowsLeft);
    int columns = Math.min(kernel.columns(), columnsLeft);
    int before = padded ? 0 : kernel.columns() - columns;
    int tile = zeros + NR;
    kernel.accumulate(kc, packed, a, b, bOffset - before, ldb, packed, zeros, 0, packed, tile, NR);
    tile += before;
    for (int r = 0; r < rows; r++) {
      long row = corner + (long) r * ldc;
      if (overwrite) {
        FloatMemory.copy(packed, tile + r * NR, c, row, columns);
      } else {
        FloatMemory.add(packed, tile + r * NR, c, row, columns);
      }
    }
  }
}

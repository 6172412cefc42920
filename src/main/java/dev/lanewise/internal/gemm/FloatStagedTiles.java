// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * Tiles of a C that may be an array or a segment. Those of an array are written where they lie, and
 * those of native memory where a tile has a form for it ({@link FloatMicrokernelToSegment}). Others
 * are computed in an array, a few at a time, and moved while they are in the first-level cache.
 */
final class FloatStagedTiles {
  /** Elements of that array: some tiles, whatever the vectors. */
  static final int FLOATS = FloatMacrokernel.NEAR / Float.BYTES;

  private FloatStagedTiles() {}

  /**
   * {@link FloatMicrokernel#accumulate} with any C.
   *
   * @param scratch where {@link #FLOATS} elements of {@code workspace} may be used
   */
  static void accumulate(
      FloatMicrokernel tile,
      int panels,
      int panel,
      int tiles,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] workspace,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    if (tiles == 0) {
      return;
    }
    if (c instanceof float[] array) {
      tile.accumulate(
          panels,
          panel,
          tiles,
          kc,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          overwrite,
          array,
          (int) cOffset,
          ldc);
      return;
    }
    Starting<FloatMicrokernelToSegment> direct =
        overwrite && FloatMemory.isNative(c) ? tile.toSegment() : null;
    FloatMicrokernelToSegment form = direct == null ? null : direct.kernel();
    if (form != null) {
      form.accumulate(
          panels,
          panel,
          tiles,
          kc,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          (MemorySegment) c,
          cOffset,
          ldc);
      return;
    }
    long since = direct == null ? 0 : direct.clock(null);
    int rows = tile.rows();
    int columns = tile.columns();
    int staged = FLOATS / (rows * columns);
    int together = Math.min(tiles, staged);
    int wide = Math.min(panels, staged / together);
    for (int j = 0; j < panels; j += wide) {
      int count = Math.min(wide, panels - j);
      int width = count * columns;
      for (int t = 0; t < tiles; t += together) {
        int high = Math.min(together, tiles - t);
        int row = t * rows;
        tile.accumulate(
            count,
            panel,
            high,
            kc,
            a,
            aOffset + row * lda,
            lda,
            b,
            bOffset + j * panel,
            ldb,
            true,
            workspace,
            scratch,
            width);
        move(
            workspace,
            scratch,
            width,
            overwrite,
            c,
            cOffset + (long) row * ldc + j * columns,
            ldc,
            high * rows,
            width);
      }
    }
    if (direct != null) {
      direct.ran(null, since);
    }
  }

  /** Rows of an array that stays near: C becomes them, or they are added to it. */
  static void move(
      float[] workspace,
      int scratch,
      int ld,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc,
      int rows,
      int columns) {
    if (overwrite) {
      FloatMemory.copyBlockTo(workspace, scratch, ld, c, cOffset, ldc, rows, columns);
    } else {
      FloatMemory.addBlockTo(workspace, scratch, ld, c, cOffset, ldc, rows, columns);
    }
  }
}

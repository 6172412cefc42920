// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/** {@link FloatPackingMicrokernel}s along a row of tiles, of any B that it can pack, to any C. */
final class FloatPackingTiles {
  private FloatPackingTiles() {}

  /** What packs such a B, an array or native memory. */
  static Starting<?> of(Object b) {
    return b instanceof float[]
        ? FloatPackingMicrokernel.HIGH
        : FloatPackingMicrokernelOfSegment.HIGH;
  }

  /**
   * One tile of each panel.
   *
   * @param b from its first panel on, where it stands
   * @param packed where the panels go in {@code workspace}, one behind the other
   * @param scratch where {@link FloatStagedTiles#FLOATS} elements of {@code workspace} may be used
   */
  static void run(
      int panels,
      int kc,
      float[] a,
      int aOffset,
      Object b,
      long bOffset,
      int ldb,
      float[] workspace,
      int packed,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int mr = FloatPackingMicrokernel.ROWS;
    int nr = FloatPackingMicrokernel.COLUMNS;
    int panel = kc * nr;
    boolean direct = b instanceof float[] && c instanceof float[];
    int atOnce = direct ? panels : FloatStagedTiles.FLOATS / (mr * nr);
    for (int i = 0; i < panels; i += atOnce) {
      int end = Math.min(i + atOnce, panels);
      int width = (end - i) * nr;
      for (int j = i; j < end; j++) {
        int at = packed + j * panel;
        long from = bOffset + j * nr;
        if (direct) {
          int to = (int) cOffset + j * nr;
          tile(kc, a, aOffset, b, from, ldb, workspace, at, overwrite, (float[]) c, to, ldc);
        } else {
          int to = scratch + (j - i) * nr;
          tile(kc, a, aOffset, b, from, ldb, workspace, at, true, workspace, to, width);
        }
      }
      if (!direct) {
        FloatStagedTiles.move(
            workspace, scratch, width, overwrite, c, cOffset + i * nr, ldc, mr, width);
      }
    }
  }

  /** The first tile of a panel; of a B in native memory it overwrites C. */
  private static void tile(
      int kc,
      float[] a,
      int aOffset,
      Object b,
      long bOffset,
      int ldb,
      float[] panel,
      int panelOffset,
      boolean overwrite,
      float[] c,
      int cOffset,
      int ldc) {
    if (b instanceof float[] source) {
      FloatPackingMicrokernel.HIGH
          .kernel()
          .accumulate(
              kc,
              a,
              aOffset,
              source,
              (int) bOffset,
              ldb,
              panel,
              panelOffset,
              overwrite,
              c,
              cOffset,
              ldc);
    } else {
      FloatPackingMicrokernelOfSegment.HIGH
          .kernel()
          .accumulate(
              kc, a, aOffset, (MemorySegment) b, bOffset, ldb, panel, panelOffset, c, cOffset, ldc);
    }
  }
}

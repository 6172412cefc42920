// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;
import java.util.Arrays;

/** Packs B as it stands, element (p, j) at p·ld + j. */
public final class FloatRowPanels implements FloatPanels {
  private final int ld;

  public FloatRowPanels(int ld) {
    this.ld = ld;
  }

  @Override
  public int ldInPlace() {
    return ld;
  }

  @Override
  public void pack(
      Object memory,
      long offset,
      int p0,
      int kc,
      int j0,
      int count,
      int nr,
      float[] to,
      int toOffset,
      int scratch) {
    pack(memory, offset, p0, kc, j0, count, nr, to, toOffset);
  }

  /** As {@link FloatPanels#pack}; a copy of rows needs no scratch. */
  public void pack(
      Object memory,
      long offset,
      int p0,
      int kc,
      int j0,
      int count,
      int nr,
      float[] to,
      int toOffset) {
    int whole = count / nr;
    int rest = count % nr;
    int last = toOffset + whole * kc * nr;
    if (rest > 0) {
      Arrays.fill(to, last, last + kc * nr, 0);
    }
    if (!(memory instanceof float[])) {
      // Panel by panel: what a call costs for a segment is more than a row of a panel.
      long first = offset + (long) p0 * ld + j0;
      for (int panel = 0; panel < whole; panel++) {
        int panelOffset = toOffset + panel * kc * nr;
        FloatMemory.copyBlock(memory, first + panel * nr, ld, to, panelOffset, nr, kc, nr);
      }
      if (rest > 0) {
        FloatMemory.copyBlock(memory, first + whole * nr, ld, to, last, nr, kc, rest);
      }
      return;
    }
    // Row by row, so that the matrix is read in order; the panels are few enough to be written at
    // once.
    float[] array = (float[]) memory;
    int first = (int) offset + p0 * ld + j0;
    FloatRows.BEST.copyPanels(array, first, ld, to, toOffset, kc, whole, nr);
    if (rest > 0) {
      FloatRows.BEST.copyBlock(array, first + whole * nr, ld, to, last, nr, kc, rest);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.FloatMacrokernel.NR;

import dev.lanewise.internal.memory.FloatMemory;
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
      float[] to,
      int toOffset,
      int scratch) {
    pack(memory, offset, p0, kc, j0, count, to, toOffset);
  }

  /** As {@link FloatPanels#pack}; a copy of rows needs no scratch. */
  public void pack(
      Object memory, long offset, int p0, int kc, int j0, int count, float[] to, int toOffset) {
    int whole = count / NR;
    int rest = count % NR;
    int last = toOffset + whole * kc * NR;
    if (rest > 0) {
      Arrays.fill(to, last, last + kc * NR, 0);
    }
    if (!(memory instanceof float[])) {
      // Panel by panel: what a call costs for a segment is more than a row of a panel.
      long first = offset + (long) p0 * ld + j0;
      for (int panel = 0; panel < whole; panel++) {
        int panelOffset = toOffset + panel * kc * NR;
        FloatMemory.copyBlock(memory, first + panel * NR, ld, to, panelOffset, NR, kc, NR);
      }
      if (rest > 0) {
        FloatMemory.copyBlock(memory, first + whole * NR, ld, to, last, NR, kc, rest);
      }
      return;
    }
    // Row by row, so that the matrix is read in order; the panels are few enough to be written at
    // once.
    for (int p = 0; p < kc; p++) {
      long row = offset + (long) (p0 + p) * ld + j0;
      FloatMemory.copyBlock(memory, row, NR, to, toOffset + p * NR, kc * NR, whole, NR);
      if (rest > 0) {
        FloatMemory.copy(memory, row + whole * NR, to, last + p * NR, rest);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import java.util.Arrays;

/** Packs B transposed, element (p, j) at j·ld + p. Packing transposes it back. */
public final class FloatColumnPanels implements FloatPanels {
  private final long ld;

  public FloatColumnPanels(long ld) {
    this.ld = ld;
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
    for (int j = 0; j < count; j += nr) {
      int panel = toOffset + j * kc;
      int used = Math.min(nr, count - j);
      if (used < nr) {
        Arrays.fill(to, panel, panel + kc * nr, 0);
      }
      FloatMemory.transpose(memory, offset + (j0 + j) * ld + p0, ld, used, to, panel, nr, kc);
    }
  }
}

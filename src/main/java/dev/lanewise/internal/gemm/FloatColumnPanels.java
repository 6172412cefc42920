// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.FloatMacrokernel.NR;

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
      float[] to,
      int toOffset,
      int scratch) {
    for (int j = 0; j < count; j += NR) {
      int panel = toOffset + j * kc;
      int used = Math.min(NR, count - j);
      if (used < NR) {
        Arrays.fill(to, panel, panel + kc * NR, 0);
      }
      FloatMemory.transpose(memory, offset + (j0 + j) * ld + p0, ld, used, to, panel, NR, kc);
    }
  }
}

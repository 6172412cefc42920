// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import java.util.Arrays;

/**
 * Packs a matrix whose elements of one j are adjacent, element (p, j) at j·ld + p: A as it stands,
 * or B transposed. Packing transposes it.
 */
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
      int width,
      float[] to,
      int toOffset,
      int scratch) {
    for (int j = 0; j < count; j += width) {
      int panel = toOffset + j * kc;
      int used = Math.min(width, count - j);
      if (used < width) {
        Arrays.fill(to, panel, panel + kc * width, 0);
      }
      FloatMemory.transpose(memory, offset + (j0 + j) * ld + p0, ld, used, to, panel, width, kc);
    }
  }
}

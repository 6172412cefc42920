// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import java.util.Arrays;

/**
 * Packs a matrix whose elements of one p are adjacent, element (p, j) at p·ld + j: B as it stands,
 * or A transposed.
 */
public final class FloatRowPanels implements FloatPanels {
  private final long ld;

  public FloatRowPanels(long ld) {
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
    pack(memory, offset, p0, kc, j0, count, width, to, toOffset);
  }

  /** As {@link FloatPanels#pack}; a copy of rows needs no scratch. */
  public void pack(
      Object memory,
      long offset,
      int p0,
      int kc,
      int j0,
      int count,
      int width,
      float[] to,
      int toOffset) {
    for (int j = 0; j < count; j += width) {
      int panel = toOffset + j * kc;
      int used = Math.min(width, count - j);
      if (used < width) {
        Arrays.fill(to, panel, panel + kc * width, 0);
      }
      FloatMemory.copyBlock(memory, offset + p0 * ld + j0 + j, ld, to, panel, width, kc, used);
    }
  }
}

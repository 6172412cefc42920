// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.FloatPanels;
import dev.lanewise.internal.memory.FloatMemory;
import java.util.Arrays;

/**
 * Packs the transposed col matrix as B of the weight gradient's product: p is its window, j its
 * row. The matrix itself never exists.
 */
final class FloatIm2colColumnPanels implements FloatPanels {
  private final FloatIm2col im2col;

  FloatIm2colColumnPanels(ColumnShape shape) {
    im2col = new FloatIm2col(shape);
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
      int line) {
    for (int j = 0; j < count; j += width) {
      int panel = toOffset + j * kc;
      int used = Math.min(width, count - j);
      if (used < width) {
        Arrays.fill(to, panel, panel + kc * width, 0);
      }
      for (int r = 0; r < used; r++) {
        im2col.row(memory, offset, j0 + j + r, p0, kc, to, line);
        FloatMemory.scatter(to, line, to, panel + r, width, kc);
      }
    }
  }
}

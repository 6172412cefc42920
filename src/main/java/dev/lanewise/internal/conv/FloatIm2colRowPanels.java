// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.FloatPanels;
import dev.lanewise.internal.simd.FloatRows;
import java.util.Arrays;

/**
 * Packs the col matrix as B of the forward product: p is its row, j its window. Each row goes
 * through a line that stays in the first-level cache; the matrix itself never exists.
 */
final class FloatIm2colRowPanels implements FloatPanels {
  private final FloatIm2col im2col;

  FloatIm2colRowPanels(ColumnShape shape) {
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
    for (int p = 0; p < kc; p++) {
      im2col.row(memory, offset, p0 + p, j0, count, to, line);
      int at = toOffset + p * width;
      int j = 0;
      for (; j + width <= count; j += width, at += kc * width) {
        FloatRows.BEST.copy(to, line + j, to, at, width);
      }
      if (j < count) {
        FloatRows.BEST.copy(to, line + j, to, at, count - j);
        Arrays.fill(to, at + count - j, at + width, 0);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ColumnShape;
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
  public int scratchFloats(int kc, int count) {
    return count;
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
    int whole = count / nr;
    int rest = count % nr;
    if (rest > 0) {
      int last = toOffset + whole * kc * nr;
      Arrays.fill(to, last, last + kc * nr, 0);
    }
    for (int p = 0; p < kc; p++) {
      im2col.row(memory, offset, p0 + p, j0, count, to, scratch);
      int at = toOffset + p * nr;
      FloatRows.BEST.copyBlock(to, scratch, nr, to, at, kc * nr, whole, nr);
      if (rest > 0) {
        FloatRows.BEST.copy(to, scratch + whole * nr, to, at + whole * kc * nr, rest);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.gemm.FloatPanels;
import dev.lanewise.internal.simd.FloatTranspose;
import java.util.Arrays;

/**
 * Packs the transposed col matrix as B of the weight gradient's product: p is its window, j its
 * row. The matrix itself never exists.
 */
final class FloatIm2colColumnPanels implements FloatPanels {
  /** Rows of the col matrix that are transposed at a time. */
  private static final int LINES = 8;

  private final FloatIm2col im2col;

  FloatIm2colColumnPanels(ColumnShape shape) {
    im2col = new FloatIm2col(shape);
  }

  @Override
  public int scratchFloats(int kc, int count) {
    return LINES * kc;
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
      for (int r = 0; r < used; r += LINES) {
        int rows = Math.min(LINES, used - r);
        for (int i = 0; i < rows; i++) {
          im2col.row(memory, offset, j0 + j + r + i, p0, kc, to, scratch + i * kc);
        }
        FloatTranspose.BEST.run(to, scratch, kc, rows, to, panel + r, nr, kc);
      }
    }
  }
}

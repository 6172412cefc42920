// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import java.util.Arrays;

/**
 * Packing of A: copies a block into rows of at most {@link Blocking#KC} elements, which makes the
 * packing of A as it stands a plain copy.
 *
 * <p>The last rows are filled up to a whole tile with rows of zeros.
 */
public final class FloatPackedRows {
  private final boolean transposed;
  private final long ld;

  private FloatPackedRows(boolean transposed, long ld) {
    this.transposed = transposed;
    this.ld = ld;
  }

  /** A as it stands: element (i, p) at i·ld + p. */
  public static FloatPackedRows of(long ld) {
    return new FloatPackedRows(false, ld);
  }

  /** A transposed: element (i, p) at p·ld + i. */
  public static FloatPackedRows ofTransposed(long ld) {
    return new FloatPackedRows(true, ld);
  }

  /** Elements from one row to the next if A may be read where it lies, else 0. */
  int ldInPlace() {
    return transposed || ld > Integer.MAX_VALUE ? 0 : (int) ld;
  }

  /**
   * Packs {@code i0 ≤ i < i0 + rows, p0 ≤ p < p0 + kc}.
   *
   * @param memory the operand's memory
   * @param offset its first element
   * @param toLd elements from one packed row to the next, at least kc
   * @param unit what the packed rows are a multiple of
   */
  public void pack(
      Object memory,
      long offset,
      int i0,
      int rows,
      int p0,
      int kc,
      float[] to,
      int toOffset,
      int toLd,
      int unit) {
    if (transposed) {
      FloatMemory.transpose(memory, offset + p0 * ld + i0, ld, kc, to, toOffset, toLd, rows);
    } else {
      FloatMemory.copyBlock(memory, offset + i0 * ld + p0, ld, to, toOffset, toLd, rows, kc);
    }
    int end = toOffset + Blocking.padded(rows, unit) * toLd;
    Arrays.fill(to, toOffset + rows * toLd, end, 0);
  }
}

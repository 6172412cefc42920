// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import java.util.Arrays;

/**
 * The two loops around the microkernel (JR over micropanels of B, IR over micropanels of A): C +=
 * A·B for packed blocks of A (mc×kc) and B (kc×nc).
 *
 * <p>A microtile that C does not hold whole, or that lies in native memory, is computed in a
 * temporary one and added row by row.
 */
public final class FloatMacrokernel {
  private static final FloatMicrokernel MICROKERNEL = FloatMicrokernel.BEST;

  /** MR of this machine's tile: rows in a micropanel of A. */
  public static final int MR = MICROKERNEL.rows();

  /** NR of this machine's tile: columns in a micropanel of B. */
  public static final int NR = MICROKERNEL.columns();

  /** Elements of the temporary microtile. */
  public static final int TILE = MR * NR;

  private FloatMacrokernel() {}

  /** This machine's tile in words. */
  public static String describe() {
    return "microtile %dx%d (%s)".formatted(MR, NR, MICROKERNEL.getClass().getSimpleName());
  }

  /**
   * Adds the product of two packed blocks to a block of C, row-major with ldc elements from row to
   * row.
   *
   * @param packed holds A from {@code a} on, B from {@code b} on, scratch for a microtile from
   *     {@code tile} on
   */
  public static void run(
      int mc,
      int nc,
      int kc,
      float[] packed,
      int a,
      int b,
      int tile,
      Object c,
      long cOffset,
      int ldc) {
    for (int j = 0; j < nc; j += NR) {
      int columns = Math.min(NR, nc - j);
      for (int i = 0; i < mc; i += MR) {
        int rows = Math.min(MR, mc - i);
        long corner = cOffset + (long) i * ldc + j;
        if (rows == MR && columns == NR && c instanceof float[] array) {
          MICROKERNEL.accumulate(
              kc, packed, a + i * Blocking.KC, packed, b + j * kc, array, (int) corner, ldc);
        } else {
          Arrays.fill(packed, tile, tile + TILE, 0);
          MICROKERNEL.accumulate(
              kc, packed, a + i * Blocking.KC, packed, b + j * kc, packed, tile, NR);
          for (int r = 0; r < rows; r++) {
            FloatMemory.add(packed, tile + r * NR, c, corner + (long) r * ldc, columns);
          }
        }
      }
    }
  }
}

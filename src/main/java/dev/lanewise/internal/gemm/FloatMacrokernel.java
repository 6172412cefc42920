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
  private static final FloatMicrokernel LOW = FloatMicrokernel.LOW;
  private static final int KC = Blocking.KC;

  /** MR of this machine's tile: rows in a micropanel of A. */
  public static final int MR = MICROKERNEL.rows();

  /** NR of this machine's tile: columns in a micropanel of B. */
  public static final int NR = MICROKERNEL.columns();

  /** Up to two low tiles take less time than a high one that is partly empty. */
  private static final int LEFT_TO_LOW_TILES = MR > LOW.rows() ? 2 * LOW.rows() : 0;

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
      int i = 0;
      for (; mc - i > LEFT_TO_LOW_TILES; i += MR) {
        microtile(
            MICROKERNEL,
            mc - i,
            columns,
            kc,
            packed,
            a + i * KC,
            b + j * kc,
            tile,
            c,
            cOffset + (long) i * ldc + j,
            ldc);
      }
      for (; i < mc; i += LOW.rows()) {
        microtile(
            LOW,
            mc - i,
            columns,
            kc,
            packed,
            a + i * KC,
            b + j * kc,
            tile,
            c,
            cOffset + (long) i * ldc + j,
            ldc);
      }
    }
  }

  private static void microtile(
      FloatMicrokernel kernel,
      int rowsLeft,
      int columns,
      int kc,
      float[] packed,
      int a,
      int b,
      int tile,
      Object c,
      long corner,
      int ldc) {
    if (rowsLeft >= kernel.rows() && columns == NR && c instanceof float[] array) {
      kernel.accumulate(kc, packed, a, packed, b, array, (int) corner, ldc);
      return;
    }
    // -0 is what adding leaves unchanged: +0 would turn a sum of -0 into +0, in this tile only.
    Arrays.fill(packed, tile, tile + TILE, -0.0f);
    kernel.accumulate(kc, packed, a, packed, b, packed, tile, NR);
    int rows = Math.min(kernel.rows(), rowsLeft);
    for (int r = 0; r < rows; r++) {
      FloatMemory.add(packed, tile + r * NR, c, corner + (long) r * ldc, columns);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

/**
 * The block sizes of a matrix product, in elements. KC fixes the order of summation, so it is the
 * same on every machine.
 *
 * @param mc rows of A in a block that stays in the second-level cache, as the mc×nc of C does
 * @param kc length of the micropanels; one of B, kc·NR, stays in the first-level cache
 * @param nc columns of B packed at a time
 * @param packedRows rows of A packed at a time, whole blocks of mc
 * @param packedDepth p packed at a time, whole blocks of kc
 */
public record Blocking(int mc, int kc, int nc, int packedRows, int packedDepth) {
  /**
   * For operands of 4 or 8 bytes, caches of 32 KiB and 1 MiB, and a workspace below 8 MiB. The rows
   * are whole panels of every tile.
   */
  public static final Blocking DEFAULT = new Blocking(240, 256, 256, 480, 1024);

  /** {@code count} rounded up to whole panels. */
  public static int padded(int count, int width) {
    return Math.ceilDiv(count, width) * width;
  }
}

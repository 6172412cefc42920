// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

/**
 * The block sizes of a matrix product, in elements: for operands of 4 or 8 bytes, caches of 32 KiB
 * and 1 MiB, and a workspace below 8 MiB.
 */
public final class Blocking {
  /**
   * The longest micropanel, and the row length of packed A. One micropanel of B, KC·NR, stays in
   * the first-level cache. KC fixes the order of summation, so it is the same on every machine.
   */
  public static final int KC = 256;

  /**
   * Rows of A in a block: with as many columns of C they stay in the second-level cache. Whole
   * panels of every tile.
   */
  public static final int MC = 240;

  /** Columns of B packed at a time. */
  public static final int NC = 256;

  /** Rows of A packed at a time, whole blocks of {@link #MC}. */
  public static final int PACKED_ROWS = 480;

  /** How many p are packed at a time, whole blocks of {@link #KC}. */
  public static final int PACKED_DEPTH = 1024;

  private Blocking() {}

  /** {@code count} rounded up to whole units. */
  public static int padded(int count, int unit) {
    return Math.ceilDiv(count, unit) * unit;
  }
}

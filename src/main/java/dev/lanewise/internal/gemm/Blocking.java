// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

/**
 * The block sizes of a matrix product, in elements. Measured on cores with 48 KiB and 2 MiB of
 * their own cache, for float at 512 bits; for double the blocks are twice as many bytes. They bound
 * the workspace to 4 MiB of floats or 8 MiB of doubles, whatever the sizes.
 *
 * <p>They decide where sums are cut, so they are the same on every machine.
 */
public final class Blocking {
  /**
   * The depth of a micropanel of B, and the row length of packed A. KC fixes the order of
   * summation, so it is the same on every machine.
   *
   * <p>At its end a tile adds its sums to C, which takes as long as 10 more terms: with 256 terms,
   * products of squares from 512 on took 2 to 4 % longer, those of long rows 1 to 5 (Zen 5).
   */
  public static final int KC = 512;

  /** Columns of B packed at a time; high tiles take twice as many where sums have one block. */
  public static final int NC = 256;

  /** Rows of A packed at a time, whole tiles of every machine and at most half a block left. */
  public static final int PACKED_ROWS = 600;

  /**
   * How many p are packed at a time, whole blocks of {@link #KC}. With 512, 512×49×4608 took a
   * quarter longer (Zen 5); presumably what the hardware fetches ahead behind the end of a packed
   * row is lost until its rest is packed.
   */
  public static final int PACKED_DEPTH = 1024;

  /**
   * Elements from one row of packed A to the next for tiles that know no other distance: rows a
   * power of two apart meet in the same few cache sets.
   */
  public static final int PACKED_LDA = KC + 16;

  private Blocking() {}

  /** {@code count} rounded up to whole units. */
  public static int padded(int count, int unit) {
    return Math.ceilDiv(count, unit) * unit;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FirstLevelCache;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.Machine;
import java.util.stream.Stream;

/**
 * The microtiles that fill a block of C together. There are wide ones on every machine, and on some
 * high ones as well, which read packed operands only. Which are taken changes no bit.
 *
 * <p>High ones, 12 rows by 2 vectors, are for cores that begin two multiply-adds in a cycle. An
 * array's elements begin anywhere in a cache line, so that a load of 64 bytes mostly touches two
 * lines; a wide tile does so once in 5 multiply-adds, with a panel of B too large for the
 * first-level cache, and waits for it. A high one does so once in 12. Of the peak, with kc = 256:
 * 77 % and 93 (Emerald Rapids). A core that begins one multiply-add in a cycle has the time, and a
 * wide tile needs no packed A. No JVM says which of the two it runs on; the size of the cache
 * stands for it: 48 KiB where two begin, 32 in Zen 4.
 *
 * @param best the tile for most of the block
 * @param low as wide and not as high, for heights that are no multiple; the same if there is none
 * @param narrow for the last columns: as high as the best and no wider
 * @param narrower the same, no wider than that
 * @param narrowest the same, no wider than that
 */
record FloatTiles(
    FloatMicrokernel best,
    FloatMicrokernel low,
    FloatMicrokernel narrow,
    FloatMicrokernel narrower,
    FloatMicrokernel narrowest) {

  /** For tests: {@code high} and {@code wide} tiles wherever the machine has them. */
  private static final String ASKED = System.getProperty("dev.lanewise.tiles", "");

  private static final FloatTiles WIDE = chooseWide();

  /** Bytes of a cache line, and of the vectors of the cores that this is about. */
  private static final int LINE = 64;

  /** Rows, columns and terms from which on a high tile makes up for the packing of A. */
  private static final int ENOUGH_ROWS = 24;

  private static final int ENOUGH_COLUMNS = 96;
  private static final int ENOUGH_DEPTH = 64;

  /**
   * Elements of C that stay in the second-level cache. A larger one whose sums are short is mostly
   * waiting for C, and the packing that a high tile needs comes on top, unless C is so large that
   * high tiles go along its rows: 1×1 64→256 @56 then takes a tenth less than with wide ones
   * (Emerald Rapids).
   */
  private static final int NEAR_ELEMENTS = 128 << 10;

  /** Terms of a sum that is not short: 1×1 256→128 @56 gains a fifth, 64→64 @56 nothing (Zen 5). */
  private static final int MANY_TERMS = 128;

  /** A class of its own: a program without large products never loads these tiles. */
  private static final class High {
    private static final FloatMicrokernel LOW = started(new FloatMicrokernel8x2());
    private static final FloatMicrokernel NARROW = started(new FloatMicrokernel12x1());

    static FloatTiles of(FloatMicrokernel best) {
      FloatMicrokernel starting = started(best);
      return new FloatTiles(starting, LOW, starting, NARROW, NARROW);
    }
  }

  /** Two more, by the number of terms: few products have an odd one. */
  private static final class HighOdd {
    static final FloatTiles TILES = High.of(new FloatMicrokernel12x2());
  }

  private static final class HighEven {
    static final FloatTiles TILES = High.of(new FloatMicrokernel12x2Pairs());
  }

  /** The wide tiles. */
  static FloatTiles wide() {
    return WIDE;
  }

  /**
   * The high tiles, where {@link #highPay} is true.
   *
   * @param even whether all sums have an even number of terms
   */
  static FloatTiles high(boolean even) {
    return even ? HighEven.TILES : HighOdd.TILES;
  }

  /** Whether there are high tiles, and an m×n product of sums of k terms is better done by them. */
  static boolean highPay(int m, int n, int k) {
    if (registers() < 32 || FloatLanes.LENGTH * Float.BYTES < LINE || ASKED.equals("wide")) {
      return false;
    }
    if (ASKED.equals("high")) {
      return true;
    }
    return m >= ENOUGH_ROWS
        && n >= ENOUGH_COLUMNS
        && k >= ENOUGH_DEPTH
        && (k >= MANY_TERMS
            || (long) m * n <= NEAR_ELEMENTS
            || (long) m * n >= FloatMacrokernel.FAR_ELEMENTS)
        && FirstLevelCache.isOfTwoMultiplyAdds();
  }

  private static FloatTiles chooseWide() {
    if (!Machine.SIMD) {
      return only(new FloatMicrokernelScalar());
    }
    if (registers() == 32) {
      return new FloatTiles(
          started(new FloatMicrokernel5x4()),
          started(new FloatMicrokernel4x4()),
          started(new FloatMicrokernel5x3()),
          started(new FloatMicrokernel5x2()),
          started(new FloatMicrokernel5x1()));
    }
    if (registers() == 16) {
      FloatMicrokernel best = started(new FloatMicrokernel6x2());
      return new FloatTiles(
          best, started(new FloatMicrokernel5x2()), best, best, started(new FloatMicrokernel6x1()));
    }
    return only(started(new FloatMicrokernel4x2MulAdd()));
  }

  private static FloatTiles only(FloatMicrokernel tile) {
    return new FloatTiles(tile, tile, tile, tile, tile);
  }

  /** Registers of vectors that are multiplied and added at once; 0 if none are. */
  private static int registers() {
    return Machine.SIMD && Machine.FMA ? Machine.REGISTERS : 0;
  }

  private static FloatMicrokernel started(FloatMicrokernel kernel) {
    return FloatStartingMicrokernel.canStart(kernel)
        ? new FloatStartingMicrokernel(kernel)
        : kernel;
  }

  /** All of them, some more than once. */
  Stream<FloatMicrokernel> all() {
    return Stream.of(best, low, narrow, narrower, narrowest);
  }

  /** MR. */
  int rows() {
    return best.rows();
  }

  /** NR: columns in a micropanel of B. */
  int columns() {
    return best.columns();
  }

  /** The only distance of rows of A, which must be packed then; 0 if any will do. */
  int onlyLda() {
    return best.onlyLda();
  }

  /** The narrowest tile for so many columns. */
  FloatMicrokernel forColumns(int columns) {
    if (columns > narrow.columns()) {
      return best;
    }
    if (columns > narrower.columns()) {
      return narrow;
    }
    return columns > narrowest.columns() ? narrower : narrowest;
  }

  /** How many lower tiles leave the least to do, in whole tiles; 0 if none are better. */
  int lowTiles(int rows) {
    int least = Blocking.padded(rows, rows());
    int fewest = 0;
    for (int count = 1; count < rows() && count * low.rows() <= rows; count++) {
      int lower = count * low.rows();
      int filled = lower + Blocking.padded(rows - lower, rows());
      if (filled < least) {
        least = filled;
        fewest = count;
      }
    }
    return fewest;
  }
}

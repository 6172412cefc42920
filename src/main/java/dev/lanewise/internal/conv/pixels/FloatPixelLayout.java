// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.conv.FloatShiftedCopies;
import dev.lanewise.internal.conv.PixelAxis;
import dev.lanewise.internal.simd.LoopStrip;
import java.util.Arrays;

/**
 * How {@link FloatPixelFilter} cuts the source into bands, copies them and sums their phases: what
 * is predicted to cost least.
 *
 * @param copies of a band
 * @param padded whether a band is copied once, or else once for each horizontal shift
 * @param line elements from one channel of a row to the next, for a {@link FloatPixelLineTile} or a
 *     {@link FloatPhaseTile} of lines; 0 if a channel's rows are neighbours
 * @param bandRows rows of positions of a band
 * @param pairs whether phases are summed two at a time
 * @param cost of all sums and copies of a pixel of the band, in multiply-adds of its sums
 */
record FloatPixelLayout(
    FloatShiftedCopies copies, boolean padded, int line, int bandRows, boolean pairs, double cost) {
  /** Elements of a vector that the costs are fitted to. */
  private static final double LANES = 16;

  /** What the copies of a band should take: half of an L2 cache of 512 KiB. */
  private static final int BAND = (256 << 10) / Float.BYTES;

  /** What they may take, where the rows that neighbouring bands both copy would be too many. */
  private static final int MOST_BAND = 4 * BAND;

  /**
   * Of a multiply-add, what a common term of two phases costs with what is loaded for it: the
   * vectors are shared.
   */
  private static final double COMMON_TERM = 1.05;

  /**
   * Lines are no more than so many times as long as what is read of them: they have to stay near.
   */
  private static final int MOST_LINE = 2;

  /** Multiply-adds of vectors that two phases together must save, for their loops are more. */
  private static final double PAIR_START = 24;

  /** Rows that are vectors or little more are padded; the shortest cannot be. */
  static FloatPixelLayout of(
      int channels,
      int filters,
      int taps,
      PixelAxis vertical,
      PixelAxis horizontal,
      float paddingValue) {
    FloatPixelLayout dense = of(false, channels, filters, taps, vertical, horizontal, paddingValue);
    if (horizontal.step() > 1 || horizontal.positions() < FloatPixelTile.ALL.getFirst().lanes()) {
      return dense;
    }
    FloatPixelLayout padded = of(true, channels, filters, taps, vertical, horizontal, paddingValue);
    return padded.cost() < dense.cost()
        ? padded.inLines(channels, filters, vertical, horizontal, paddingValue)
        : dense;
  }

  /** The same in lines, where there are tiles for them. */
  private FloatPixelLayout inLines(
      int channels, int filters, PixelAxis vertical, PixelAxis horizontal, float paddingValue) {
    int length = PixelLine.of(copies.width());
    boolean tiles =
        pairs
            ? FloatPhaseLineTiles.apply(filters) && haveOneTapOfAKind(horizontal)
            : FloatPixelLineTiles.apply(filters)
                && vertical.phases() * horizontal.phases() == 1
                && areNeighbours(horizontal)
                && horizontal.shifts().length == FloatPixelLineTile.TAPS;
    if (length == 0
        || length > MOST_LINE * copies.width()
        || !tiles
        || !areNeighbours(vertical)
        || channels * (long) vertical.shifts().length > LoopStrip.MOST) {
      return this;
    }
    FloatShiftedCopies lines =
        FloatShiftedCopies.lines(vertical, horizontal, channels, bandRows, paddingValue, length);
    return new FloatPixelLayout(lines, padded, length, bandRows, pairs, cost);
  }

  /** Whether each tap of a phase reads the element behind the one before, and so do positions. */
  private static boolean areNeighbours(PixelAxis axis) {
    boolean neighbours = axis.step() == 1;
    for (int[] taps : axis.taps()) {
      for (int tap = 1; tap < taps.length; tap++) {
        neighbours &= axis.shifts()[taps[tap]] == axis.shifts()[taps[tap - 1]] + 1;
      }
    }
    return neighbours;
  }

  /** Whether of two phases each has one tap of its own and both have one in common, at most. */
  private static boolean haveOneTapOfAKind(PixelAxis axis) {
    boolean one = true;
    for (int phase = 0; phase + 1 < axis.phases(); phase += 2) {
      int common = 0;
      for (int tap : axis.taps()[phase]) {
        common += axis.sameElement(tap, phase + 1) < 0 ? 0 : 1;
      }
      int most = Math.max(axis.taps()[phase].length, axis.taps()[phase + 1].length);
      one &= Math.max(common, most - common) <= 1;
    }
    return one;
  }

  private static FloatPixelLayout of(
      boolean padded,
      int channels,
      int filters,
      int taps,
      PixelAxis vertical,
      PixelAxis horizontal,
      float paddingValue) {
    int rows = bandRows(padded, channels, vertical, horizontal);
    FloatShiftedCopies copies = copies(padded, vertical, horizontal, channels, rows, paddingValue);
    double band = (double) rows * horizontal.positions();
    // Copies that the level-1 cache does not hold are waited for.
    double term = 1.1 + 0.15 * Math.min(1, copies.floats() / 32e3);
    double sums = 0;
    for (FloatPixelTile tile : FloatPixelTile.tiles(filters)) {
      double pixels = tile.vectors() * (double) tile.lanes();
      double run =
          padded
              ? Math.ceilDiv(horizontal.positions(), tile.lanes()) * tile.lanes() * (double) rows
              : band;
      double computed = Math.ceil(run / pixels) * pixels / band;
      sums += channels * (double) taps * computed * termCost(tile.filters(), term);
    }
    double saved = savedByPairs(channels, filters, vertical, horizontal, term);
    boolean pairs = saved > PAIR_START * vertical.phases() * (horizontal.phases() / 2);
    if (pairs) {
      sums -= saved;
    }
    double copied = copies.floats() / band * Math.max(1, LANES / horizontal.positions());
    return new FloatPixelLayout(
        copies, padded, 0, rows, pairs, sums + 3 * horizontal.step() * copied);
  }

  /**
   * What a term of some filters costs: the loads of its vectors hide behind three multiply-adds.
   */
  private static double termCost(int filters, double term) {
    return filters < 3 ? 3 : filters * term;
  }

  /** What a position gains from the terms that its phases have in common, if they are summed so. */
  private static double savedByPairs(
      int channels, int filters, PixelAxis vertical, PixelAxis horizontal, double term) {
    // Windows that do not overlap gain nothing: measured, whatever is predicted.
    if (horizontal.phases() == 1
        || horizontal.shifts().length <= horizontal.phases()
        || filters > FloatPhaseTile.ALL.size()) {
      return 0;
    }
    int most = 0;
    long common = 0;
    for (int phase = 0; phase + 1 < horizontal.phases(); phase += 2) {
      int[] taps = horizontal.taps()[phase];
      int both = 0;
      for (int tap : taps) {
        both += horizontal.sameElement(tap, phase + 1) < 0 ? 0 : 1;
      }
      int own = Math.max(taps.length, horizontal.taps()[phase + 1].length) - both;
      most = Math.max(most, Math.max(own, both));
      common += both;
    }
    int rows = Arrays.stream(vertical.taps()).mapToInt(taps -> taps.length).max().orElseThrow();
    if ((long) channels * rows * most > LoopStrip.MOST) {
      return 0;
    }
    double saved = 2 * termCost(filters, term) - termCost(2 * filters, COMMON_TERM);
    return channels * (double) vertical.shifts().length * common * saved;
  }

  private static FloatShiftedCopies copies(
      boolean padded,
      PixelAxis vertical,
      PixelAxis horizontal,
      int channels,
      int rows,
      float paddingValue) {
    return padded
        ? FloatShiftedCopies.padded(vertical, horizontal, channels, rows, paddingValue)
        : FloatShiftedCopies.of(vertical, horizontal, channels, rows, paddingValue);
  }

  /** Rows of positions of a band; all bands about equal. */
  private static int bandRows(
      boolean padded, int channels, PixelAxis vertical, PixelAxis horizontal) {
    long one = copies(padded, vertical, horizontal, channels, 1, 0).floats();
    long two = copies(padded, vertical, horizontal, channels, 2, 0).floats();
    long row = Math.max(1, two - one);
    long shared = one - row;
    long most =
        Math.max((BAND - shared) / row, Math.min((MOST_BAND - shared) / row, 2 * shared / row));
    int rows = Math.clamp(most, 1, vertical.positions());
    return Math.ceilDiv(vertical.positions(), Math.ceilDiv(vertical.positions(), rows));
  }
}

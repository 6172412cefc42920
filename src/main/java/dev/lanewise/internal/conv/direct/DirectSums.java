// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.LoopStrip;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums of a direct convolution: which taps, in which order, over which pixels. There are two
 * ways, both of which leave out zeros around the source:
 *
 * <ul>
 *   <li>phase by phase: all taps at once, ordered by kernel row, channel of the source and kernel
 *       column, so that tiles at the upper and lower edge can do without some kernel rows;
 *   <li>tap by tap of the kernel, each over the pixels for which it reads an element of the source.
 *       No product with padding is left, but the sums of a tile are loaded and stored for each tap
 *       of the kernel, which only many channels can pay for.
 * </ul>
 *
 * <p>In either way the taps of an element are summed in one order, whatever tile it falls in.
 */
final class DirectSums {
  /**
   * The most taps summed up before they are added to what there is: bounds the rounding error, and
   * is what a loop may do without being cut.
   */
  private static final int MOST_TAPS = LoopStrip.MOST;

  private final List<Stretch> stretches = new ArrayList<>();

  /** Where the taps of the kernel stand for source 0, and how far apart they do for the next. */
  private final int[] place;

  private final int[] placeStep;

  /**
   * Taps that stand one behind the other and are summed over the same pixels.
   *
   * @param sets whether no other is the first of its pixels; else it adds to what there is
   * @param firstTap in the order of the packed weights
   * @param taps how many
   * @param rowTaps those of one row, as the tiles count them
   * @param cut how many are summed up at a time
   * @param operandTiles for each band, enough for finite weights
   * @param allTiles for each band
   */
  record Stretch(
      boolean sets,
      int firstTap,
      int taps,
      int rowTaps,
      int cut,
      int[][] operandTiles,
      int[][] allTiles) {}

  private DirectSums(DirectBands bands) {
    int taps = bands.vertical().kernel() * bands.horizontal().kernel();
    place = new int[taps];
    placeStep = new int[taps];
  }

  static DirectSums phaseByPhase(DirectBands bands, int sources) {
    DirectSums sums = new DirectSums(bands);
    int first = 0;
    for (int v = 0; v < bands.vertical().phases(); v++) {
      for (int h = 0; h < bands.horizontal().phases(); h++) {
        DirectAxis.Tap[] rows = bands.vertical().taps(v);
        DirectAxis.Tap[] columns = bands.horizontal().taps(h);
        int rowTaps = sources * columns.length;
        sums.add(
            true,
            first,
            rows.length * rowTaps,
            rowTaps,
            columns.length == 1 && sources % 2 == 0 ? 2 : columns.length,
            bands.operandTiles(v, h),
            bands.tiles(v, h));
        for (DirectAxis.Tap row : rows) {
          for (int i = 0; i < columns.length; i++) {
            sums.place(bands, row, columns[i], first + i, columns.length);
          }
          first += rowTaps;
        }
      }
    }
    return sums;
  }

  static DirectSums tapByTap(DirectBands bands, int sources) {
    DirectSums sums = new DirectSums(bands);
    int first = 0;
    for (int v = 0; v < bands.vertical().phases(); v++) {
      for (int h = 0; h < bands.horizontal().phases(); h++) {
        int[][] all = bands.tiles(v, h);
        for (DirectAxis.Tap row : bands.vertical().taps(v)) {
          for (DirectAxis.Tap column : bands.horizontal().taps(h)) {
            int[][] operands = bands.operandTiles(v, h, row, column);
            sums.add(false, first, sources, sources, 1, operands, all);
            sums.place(bands, row, column, first, 1);
            first += sources;
          }
        }
      }
    }
    return sums;
  }

  /**
   * @param unit taps that a cut does not part, if they are no more than may be summed up at a time:
   *     a row of one channel, or of two where that is a single tap
   */
  private void add(
      boolean sets,
      int first,
      int taps,
      int rowTaps,
      int unit,
      int[][] operandTiles,
      int[][] allTiles) {
    int whole = Math.clamp(unit, 1, MOST_TAPS);
    int most = MOST_TAPS / whole;
    int units = Math.ceilDiv(taps, whole);
    int cuts = Math.max(1, Math.ceilDiv(units, most));
    int cut = Math.max(1, Math.ceilDiv(units, cuts)) * whole;
    stretches.add(new Stretch(sets, first, taps, rowTaps, cut, operandTiles, allTiles));
  }

  private void place(
      DirectBands bands, DirectAxis.Tap row, DirectAxis.Tap column, int first, int step) {
    int tap = row.kernel() * bands.horizontal().kernel() + column.kernel();
    place[tap] = first;
    placeStep[tap] = step;
  }

  /** All stretches, in the order in which they are summed. */
  List<Stretch> stretches() {
    return stretches;
  }

  /** Whether one stretch after the other adds to a pixel, so that something must be there first. */
  boolean addsOnly() {
    return !stretches.getFirst().sets;
  }

  /** Where a tap of the kernel stands for source 0. */
  int place(int tap) {
    return place[tap];
  }

  /** How much further on the same tap stands for the next source. */
  int placeStep(int tap) {
    return placeStep[tap];
  }

  String describe() {
    return "%d taps at a time".formatted(stretches.getFirst().cut);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.conv.FloatShiftedCopies;
import dev.lanewise.internal.conv.PixelAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The terms of the sums of {@link FloatPixelFilter}: of every phase, or of every two that are
 * summed together, which shifts of the copies they read and which weights they have.
 */
final class FloatPixelTerms {
  /**
   * A phase, or two that are neighbours of a row.
   *
   * @param first of them, counted row by row
   * @param pair whether there are two
   * @param own terms of the first alone; of a single phase all
   * @param common terms of both
   * @param ownOfNext terms of the second alone
   * @param firstShift where the shifts of the terms begin
   * @param firstWeight where their weights begin, counting one filter
   */
  record Phases(
      int first,
      boolean pair,
      int own,
      int common,
      int ownOfNext,
      int firstShift,
      int firstWeight) {
    /** One more than the last of their weights. */
    int endWeight() {
      return firstWeight + own + 2 * common + ownOfNext;
    }
  }

  private final PixelAxis horizontal;
  private final Phases[] phases;

  /**
   * The shift of every term of every phase, by kernel row, channel and kernel column: those that
   * two phases have in common once.
   */
  private final int[] shifts;

  /** The tap and the channel of every term, in the order of the weights. */
  private final int[] taps;

  private final int[] channels;

  /**
   * Lists them.
   *
   * @param pairs whether phases are summed two at a time, as long as there are two
   */
  FloatPixelTerms(
      int channels,
      PixelAxis vertical,
      PixelAxis horizontal,
      FloatShiftedCopies copies,
      boolean pairs) {
    this.horizontal = horizontal;
    int kernelWidth = horizontal.shifts().length;
    int products = channels * vertical.shifts().length * kernelWidth;
    this.taps = new int[products];
    this.channels = new int[products];
    int[] terms = new int[products];
    List<Phases> listed = new ArrayList<>();
    int term = 0;
    int weight = 0;
    for (int row = 0; row < vertical.phases(); row++) {
      for (int column = 0; column < horizontal.phases(); ) {
        boolean pair = pairs && column + 1 < horizontal.phases();
        int[][][] kinds = pair ? kinds(column) : new int[][][] {single(column)};
        int[] ends = new int[kinds.length];
        int firstShift = term;
        int firstWeight = weight;
        for (int kind = 0; kind < kinds.length; kind++) {
          for (int kh : vertical.taps()[row]) {
            for (int c = 0; c < channels; c++) {
              for (int[] same : kinds[kind]) {
                terms[term++] = copies.shift(c, kh, same[0]);
                for (int kw : same) {
                  this.taps[weight] = kh * kernelWidth + kw;
                  this.channels[weight++] = c;
                }
              }
            }
          }
          ends[kind] = term;
        }
        listed.add(
            new Phases(
                row * horizontal.phases() + column,
                pair,
                ends[0] - firstShift,
                pair ? ends[1] - ends[0] : 0,
                pair ? ends[2] - ends[1] : 0,
                firstShift,
                firstWeight));
        column += pair ? 2 : 1;
      }
    }
    shifts = Arrays.copyOf(terms, term);
    phases = listed.toArray(new Phases[0]);
  }

  Phases[] phases() {
    return phases;
  }

  int[] shifts() {
    return shifts;
  }

  /** How many weights a filter has. */
  int weights() {
    return taps.length;
  }

  /** The tap of a weight, counted row by row. */
  int tap(int weight) {
    return taps[weight];
  }

  /** The channel of a weight. */
  int channel(int weight) {
    return channels[weight];
  }

  /** The taps of a phase, each by itself. */
  private int[][] single(int phase) {
    // A loop: the classes of streams take a short process some four milliseconds.
    int[] taps = horizontal.taps()[phase];
    int[][] single = new int[taps.length][];
    for (int i = 0; i < taps.length; i++) {
      single[i] = new int[] {taps[i]};
    }
    return single;
  }

  /** The taps of a phase that the next has not, those that read the same in both, and the rest. */
  private int[][][] kinds(int phase) {
    return new int[][][] {
      Arrays.stream(single(phase))
          .filter(tap -> horizontal.sameElement(tap[0], phase + 1) < 0)
          .toArray(int[][]::new),
      Arrays.stream(horizontal.taps()[phase])
          .filter(tap -> horizontal.sameElement(tap, phase + 1) >= 0)
          .mapToObj(tap -> new int[] {tap, horizontal.sameElement(tap, phase + 1)})
          .toArray(int[][]::new),
      Arrays.stream(single(phase + 1))
          .filter(tap -> horizontal.sameElement(tap[0], phase) < 0)
          .toArray(int[][]::new)
    };
  }
}

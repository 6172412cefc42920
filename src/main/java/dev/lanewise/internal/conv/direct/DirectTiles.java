// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts rows of pixels into the runs that a direct kernel computes two at a time.
 *
 * <p>Runs of the same length and the same taps become the two halves of one tile. One that is left
 * over is given to the lowest tile, whose halves then overlap.
 */
final class DirectTiles {
  /** Numbers of a tile, in this order: see the constants. */
  static final int NUMBERS = 8;

  /** Pixels of each half; which kernel that is. */
  static final int RUN = 0;

  /** The source element of the first pixel of each half. */
  static final int FIRST = 1;

  static final int SECOND = 2;

  /** The target pixel of the first pixel of each half. */
  static final int TO_FIRST = 3;

  static final int TO_SECOND = 4;

  /** Pixels of the second half that belong to the first. */
  static final int SKIP = 5;

  /** Kernel rows [FIRST_ROW, END_ROW) that read a source element. */
  static final int FIRST_ROW = 6;

  static final int END_ROW = 7;

  private final int shortest;
  private final int longest;
  private final int step;
  private final List<int[]> tiles = new ArrayList<>();
  private final List<Run> left = new ArrayList<>();

  private record Run(int length, int from, int to, int firstRow, int endRow) {
    boolean pairsWith(Run other) {
      return length == other.length && firstRow == other.firstRow && endRow == other.endRow;
    }

    int rows() {
      return endRow - firstRow;
    }
  }

  /**
   * @param shortest the run of the lowest kernel
   * @param longest the run of the highest; there is one for each length between
   * @param step target pixels from one pixel of a run to the next
   */
  DirectTiles(int shortest, int longest, int step) {
    this.shortest = shortest;
    this.longest = longest;
    this.step = step;
  }

  /** Adds a row of at least {@code shortest} pixels. */
  void add(int length, int from, int to, int firstRow, int endRow) {
    int runs = Math.ceilDiv(length, longest);
    if (length / runs < shortest) {
      runs = length / shortest;
    }
    int done = 0;
    for (int r = 0; r < runs; r++) {
      // As equal as can be, the longer ones first. With one kernel only, the last takes the rest.
      boolean last = r == runs - 1;
      int run = shortest == longest && !last ? longest : Math.ceilDiv(length - done, runs - r);
      add(new Run(run, from + done, to + done * step, firstRow, endRow));
      done += run;
    }
  }

  private void add(Run run) {
    if (run.length > longest) {
      alone(run);
      return;
    }
    for (Run other : left) {
      if (run.pairsWith(other)) {
        left.remove(other);
        pair(other, run);
        return;
      }
    }
    left.add(run);
  }

  /** The numbers of all tiles, one tile behind the other. */
  int[] finish() {
    while (!left.isEmpty()) {
      Run run = left.removeFirst();
      Run partner = partner(run);
      if (partner == null) {
        alone(run);
      } else {
        left.remove(partner);
        pair(run, partner);
      }
    }
    return tiles.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** A run of other kernel rows with which a pair costs less than each alone. */
  private Run partner(Run run) {
    for (Run other : left) {
      int rows = Math.max(run.endRow, other.endRow) - Math.min(run.firstRow, other.firstRow);
      if (run.length == other.length
          && run.length * rows <= shortest * (run.rows() + other.rows())) {
        return other;
      }
    }
    return null;
  }

  private void pair(Run first, Run second) {
    tiles.add(
        new int[] {
          first.length,
          first.from,
          second.from,
          first.to,
          second.to,
          0,
          Math.min(first.firstRow, second.firstRow),
          Math.max(first.endRow, second.endRow)
        });
  }

  private void alone(Run run) {
    int second = run.length - shortest;
    tiles.add(
        new int[] {
          shortest,
          run.from,
          run.from + second,
          run.to,
          run.to + second * step,
          2 * shortest - run.length,
          run.firstRow,
          run.endRow
        });
  }
}

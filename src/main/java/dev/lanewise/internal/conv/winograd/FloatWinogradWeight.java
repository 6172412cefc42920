// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.winograd;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.start.Starting;

/**
 * U = G g Gᵀ for a few target channels: {@code [place][target / L][source][target mod L]}, as
 * {@link FloatTileProduct} reads it.
 */
final class FloatWinogradWeight {
  /** Sources at a time: with so many the loops of a transform are long enough to pay. */
  private static final int CHUNK = 8;

  private static final int SIDE = 3;

  private final UnitStrideShape shape;
  private final Starting<FloatTileTransform> transform;
  private final int lanes;
  private final int inputs;
  private final int columns;

  /**
   * @param columns target channels of a block
   */
  FloatWinogradWeight(UnitStrideShape shape, Starting<FloatTileTransform> transform, int columns) {
    this.shape = shape;
    this.transform = transform;
    lanes = transform.kernel().lanes();
    this.inputs = transform.kernel().outputs() + 2;
    this.columns = columns;
  }

  /** Elements of a block: U, and what it is computed in. */
  long floats() {
    return (long) inputs * inputs * placeFloats() + tapFloats() + CHUNK * SIDE * inputs * columns;
  }

  /**
   * Elements from one place to the next. One source more than there are, because at multiples of a
   * large power of two all places would share a few sets of a cache.
   */
  long placeFloats() {
    return (shape.sources() + 1L) * columns;
  }

  /** Elements from one vector of targets to the next. */
  private int vectorFloats() {
    return (shape.sources() + 1) * lanes;
  }

  private int tapFloats() {
    return CHUNK * SIDE * SIDE * columns;
  }

  /** Packs the target channels [first, first + count) of a group. */
  void pack(Object weight, long offset, int group, int first, int count, float[] to, int toOffset) {
    int taps = toOffset + (int) (inputs * inputs * placeFloats());
    for (int source = 0; source < shape.sources(); source += CHUNK) {
      int sources = Math.min(CHUNK, shape.sources() - source);
      gatherTaps(weight, offset, group, source, sources, first, count, to, taps);
      transform(sources, to, taps, to, toOffset + source * lanes);
    }
  }

  /** {@code [source][tap][target]}. */
  private void gatherTaps(
      Object weight,
      long offset,
      int group,
      int source,
      int sources,
      int first,
      int count,
      float[] to,
      int toOffset) {
    int taps = SIDE * SIDE;
    if (shape.backward()) {
      for (int s = 0; s < sources; s++) {
        long at = offset + shape.weightAt(group, source + s, first);
        FloatMemory.transpose(
            weight, at, taps, count, to, toOffset + s * taps * columns, columns, taps);
      }
    } else {
      long at = offset + shape.weightAt(group, source, first);
      long row = (long) shape.sources() * taps;
      FloatMemory.transpose(weight, at, row, count, to, toOffset, columns, sources * taps);
    }
  }

  private void transform(int sources, float[] from, int taps, float[] to, int toOffset) {
    FloatTileTransform kernel = transform.kernel();
    long since = transform.clock(kernel);
    int row = SIDE * columns;
    int columnsDone = taps + tapFloats();
    // Taps in reverse are the same transform on rows and columns taken from the last to the first.
    int turn = shape.backward() ? (SIDE - 1) * row : 0;
    int down = shape.backward() ? -row : row;
    for (int s = 0; s < sources; s++) {
      kernel.weight(
          from,
          taps + s * SIDE * row + turn,
          down,
          lanes,
          from,
          columnsDone + s * inputs * row,
          row,
          lanes,
          row / lanes);
    }
    int turnRow = shape.backward() ? (SIDE - 1) * columns : 0;
    int right = shape.backward() ? -columns : columns;
    int place = (int) placeFloats();
    for (int i = 0; i < inputs; i++) {
      for (int lane = 0; lane < columns; lane += lanes) {
        kernel.weight(
            from,
            columnsDone + i * row + turnRow + lane,
            right,
            inputs * row,
            to,
            toOffset + i * inputs * place + lane / lanes * vectorFloats(),
            place,
            lanes,
            sources);
      }
    }
    transform.ran(kernel, since);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Starting;

/**
 * Moves blocks of rows that are a few vectors long, where a call per row would cost more than the
 * row. Nothing outside the blocks is touched.
 *
 * <p>Only for machines with vectors: {@link FloatRows} runs anywhere.
 */
public interface FloatStrips extends Starting.Form {
  /** {@link #gather} without step of rows of a vector and more. */
  Starting<FloatStrips> LONG = started(0);

  /** Of shorter rows. */
  Starting<FloatStrips> SHORT = started(1);

  /** With a step of 2, of rows of a vector and more. */
  Starting<FloatStrips> PAIRS = started(2);

  /** With a step of 2, of shorter rows. */
  Starting<FloatStrips> SHORT_PAIRS = started(3);

  /** {@link #interleave}. */
  Starting<FloatStrips> INTERLEAVED = started(4);

  private static Starting<FloatStrips> started(int use) {
    return new Starting<>(FloatVectorStrips.class, new FloatScalarStrips(), use);
  }

  /** What this machine runs for {@link #gather}. */
  static Starting<FloatStrips> of(int step, int width) {
    if (width >= FloatLanes.LENGTH) {
      return step == 2 ? PAIRS : LONG;
    }
    return step == 2 ? SHORT_PAIRS : SHORT;
  }

  /**
   * {@code to[toOffset + c·toPlane + r·toPitch + i] = from[fromOffset + c·fromPlane + r·fromPitch +
   * i·step]} for c in [0, planes), r in [0, rows) and i in [0, width).
   */
  void gather(
      float[] from,
      int fromOffset,
      int fromPlane,
      int fromPitch,
      int step,
      float[] to,
      int toOffset,
      int toPlane,
      int toPitch,
      int planes,
      int rows,
      int width);

  /**
   * Zips two runs: {@code to[toOffset + 2·i] = first[firstOffset + i]} and {@code to[toOffset + 2·i
   * + 1] = second[secondOffset + i]}, as far as that is below toOffset + count.
   */
  void interleave(
      float[] from, int firstOffset, int secondOffset, float[] to, int toOffset, int count);

  @Override
  default int trial() {
    return trial(0) + trial(1) + trial(2) + trial(3) + trial(4);
  }

  /** One use by its place above. */
  @Override
  default int trial(int use) {
    int lanes = FloatLanes.LENGTH;
    return switch (use) {
      case 0 -> trialOfGather(1, 2 * lanes);
      case 1 -> trialOfGather(1, lanes - 1);
      case 2 -> trialOfGather(2, 2 * lanes);
      case 3 -> trialOfGather(2, lanes - 1);
      case 4 -> trialOfInterleave();
      default -> throw new IllegalArgumentException(Integer.toString(use));
    };
  }

  private int trialOfGather(int step, int width) {
    int rows = 16;
    gather(
        FloatZeros.atLeast(step * (width + 1)),
        0,
        0,
        0,
        step,
        FloatZeros.atLeast(width + 1),
        0,
        0,
        0,
        1,
        rows,
        width);
    return 4 * rows;
  }

  private int trialOfInterleave() {
    int vectors = 32;
    int count = vectors * FloatLanes.LENGTH;
    interleave(FloatZeros.atLeast(count / 2), 0, 0, FloatZeros.atLeast(count), 0, count);
    return 2 * vectors;
  }
}

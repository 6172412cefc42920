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
  /** The uses by number, for {@link #trial(int)}. */
  int TRY_LONG = 0;

  int TRY_SHORT = 1;
  int TRY_PAIRS = 2;
  int TRY_SHORT_PAIRS = 3;
  int TRY_INTERLEAVED = 4;

  /** {@link #gather} without step of rows of a vector and more. */
  Starting<FloatStrips> LONG = started(TRY_LONG);

  /** Of shorter rows. */
  Starting<FloatStrips> SHORT = started(TRY_SHORT);

  /** With a step of 2, of rows of a vector and more. */
  Starting<FloatStrips> PAIRS = started(TRY_PAIRS);

  /** With a step of 2, of shorter rows. */
  Starting<FloatStrips> SHORT_PAIRS = started(TRY_SHORT_PAIRS);

  /** {@link #interleave}. */
  Starting<FloatStrips> INTERLEAVED = started(TRY_INTERLEAVED);

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
    return trial(TRY_LONG)
        + trial(TRY_SHORT)
        + trial(TRY_PAIRS)
        + trial(TRY_SHORT_PAIRS)
        + trial(TRY_INTERLEAVED);
  }

  /** One use. */
  @Override
  default int trial(int use) {
    int lanes = FloatLanes.LENGTH;
    return switch (use) {
      case TRY_LONG -> trialOfGather(1, 2 * lanes);
      case TRY_SHORT -> trialOfGather(1, lanes - 1);
      case TRY_PAIRS -> trialOfGather(2, 2 * lanes);
      case TRY_SHORT_PAIRS -> trialOfGather(2, lanes - 1);
      case TRY_INTERLEAVED -> trialOfInterleave();
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

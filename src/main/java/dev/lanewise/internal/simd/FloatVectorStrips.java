// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Moves blocks of rows that are a few vectors long, where a call per row would cost more than the
 * row. A row of at least one vector ends in a vector that overlaps the one before it; a shorter one
 * is moved under a mask. Nothing outside the blocks is touched.
 *
 * <p>Only for machines with vectors: {@link FloatRows} runs anywhere.
 */
public final class FloatVectorStrips {
  /** From two neighbouring vectors, every second element: first half, second half. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, i -> 2 * i % LENGTH);

  private static final VectorShuffle<Float> ODD =
      VectorShuffle.fromOp(SPECIES, i -> (2 * i + 1) % LENGTH);

  private static final VectorMask<Float> SECOND_HALF =
      VectorMask.fromLong(SPECIES, -1L << (LENGTH / 2));

  /** Spreads the first and the second half of a vector over pairs of lanes. */
  private static final VectorShuffle<Float> PAIRS_FIRST = VectorShuffle.fromOp(SPECIES, i -> i / 2);

  private static final VectorShuffle<Float> PAIRS_SECOND =
      VectorShuffle.fromOp(SPECIES, i -> LENGTH / 2 + i / 2);

  private static final VectorMask<Float> ODD_LANES =
      VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL);

  private FloatVectorStrips() {}

  /**
   * {@code to[toOffset + r·toPitch + i] = from[fromOffset + r·fromPitch + i·step]} for r in [0,
   * rows) and i in [0, width).
   */
  public static void gather(
      float[] from,
      int fromOffset,
      int fromPitch,
      int step,
      float[] to,
      int toOffset,
      int toPitch,
      int rows,
      int width) {
    if (step == 1 && width >= LENGTH) {
      copyLong(from, fromOffset, fromPitch, to, toOffset, toPitch, rows, width);
    } else if (step == 1 && Machine.MASKED_MEMORY) {
      copyShort(from, fromOffset, fromPitch, to, toOffset, toPitch, rows, width);
    } else if (step == 2 && width >= LENGTH) {
      gatherPairs(from, fromOffset, fromPitch, to, toOffset, toPitch, rows, width);
    } else {
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < width; i++) {
          to[toOffset + r * toPitch + i] = from[fromOffset + r * fromPitch + i * step];
        }
      }
    }
  }

  private static void copyLong(
      float[] from,
      int fromOffset,
      int fromPitch,
      float[] to,
      int toOffset,
      int toPitch,
      int rows,
      int width) {
    int last = width - LENGTH;
    for (int r = 0; r < rows; r++) {
      int source = fromOffset + r * fromPitch;
      int target = toOffset + r * toPitch;
      for (int i = 0; i < last; i += LENGTH) {
        FloatVector.fromArray(SPECIES, from, source + i).intoArray(to, target + i);
      }
      FloatVector.fromArray(SPECIES, from, source + last).intoArray(to, target + last);
    }
  }

  private static void copyShort(
      float[] from,
      int fromOffset,
      int fromPitch,
      float[] to,
      int toOffset,
      int toPitch,
      int rows,
      int width) {
    VectorMask<Float> mask = SPECIES.indexInRange(0, width);
    for (int r = 0; r < rows; r++) {
      FloatVector.fromArray(SPECIES, from, fromOffset + r * fromPitch, mask)
          .intoArray(to, toOffset + r * toPitch, mask);
    }
  }

  private static void gatherPairs(
      float[] from,
      int fromOffset,
      int fromPitch,
      float[] to,
      int toOffset,
      int toPitch,
      int rows,
      int width) {
    for (int r = 0; r < rows; r++) {
      int source = fromOffset + r * fromPitch;
      int target = toOffset + r * toPitch;
      for (int at = 0; at < width; at += LENGTH) {
        int i = Math.min(at, width - LENGTH);
        // The second load begins one early, so that it ends with the last element taken.
        FloatVector first = FloatVector.fromArray(SPECIES, from, source + 2 * i);
        FloatVector second = FloatVector.fromArray(SPECIES, from, source + 2 * i + LENGTH - 1);
        first.rearrange(EVEN).blend(second.rearrange(ODD), SECOND_HALF).intoArray(to, target + i);
      }
    }
  }

  /**
   * Zips two runs: {@code to[toOffset + 2·i] = first[firstOffset + i]} and {@code to[toOffset + 2·i
   * + 1] = second[secondOffset + i]}, as far as that is below toOffset + count.
   */
  public static void interleave(
      float[] from, int firstOffset, int secondOffset, float[] to, int toOffset, int count) {
    int i = 0;
    for (; 2 * (i + LENGTH) <= count; i += LENGTH) {
      FloatVector first = FloatVector.fromArray(SPECIES, from, firstOffset + i);
      FloatVector second = FloatVector.fromArray(SPECIES, from, secondOffset + i);
      first
          .rearrange(PAIRS_FIRST)
          .blend(second.rearrange(PAIRS_FIRST), ODD_LANES)
          .intoArray(to, toOffset + 2 * i);
      first
          .rearrange(PAIRS_SECOND)
          .blend(second.rearrange(PAIRS_SECOND), ODD_LANES)
          .intoArray(to, toOffset + 2 * i + LENGTH);
    }
    for (i *= 2; i < count; i++) {
      to[toOffset + i] = from[((i & 1) == 0 ? firstOffset : secondOffset) + (i >> 1)];
    }
  }
}

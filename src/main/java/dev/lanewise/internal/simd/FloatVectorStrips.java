// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link FloatStrips} in vectors. A row ends in a vector that overlaps the one before it; one that
 * is shorter than a vector is read whole, and behind it, and written under a mask.
 */
public final class FloatVectorStrips implements FloatStrips {
  private static final FloatStrips SCALAR = new FloatScalarStrips();

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

  @Override
  public void gather(
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
      int width) {
    if (step == 1 && width >= LENGTH) {
      copyLong(
          from,
          fromOffset,
          fromPlane,
          fromPitch,
          to,
          toOffset,
          toPlane,
          toPitch,
          planes,
          rows,
          width);
    } else if (step == 1 && Machine.MASKED_MEMORY) {
      copyShort(
          from,
          fromOffset,
          fromPlane,
          fromPitch,
          to,
          toOffset,
          toPlane,
          toPitch,
          planes,
          rows,
          width);
    } else if (step == 2 && width >= LENGTH) {
      gatherPairs(
          from,
          fromOffset,
          fromPlane,
          fromPitch,
          to,
          toOffset,
          toPlane,
          toPitch,
          planes,
          rows,
          width);
    } else if (step == 2 && Machine.MASKED_MEMORY) {
      gatherShort(
          from,
          fromOffset,
          fromPlane,
          fromPitch,
          to,
          toOffset,
          toPlane,
          toPitch,
          planes,
          rows,
          width);
    } else {
      SCALAR.gather(
          from,
          fromOffset,
          fromPlane,
          fromPitch,
          step,
          to,
          toOffset,
          toPlane,
          toPitch,
          planes,
          rows,
          width);
    }
  }

  private static void copyLong(
      float[] from,
      int fromOffset,
      int fromPlane,
      int fromPitch,
      float[] to,
      int toOffset,
      int toPlane,
      int toPitch,
      int planes,
      int rows,
      int width) {
    // One loop along all rows, as in gatherPairs: down the columns most of the lines of a row would
    // be left for later, and the processor would not fetch them ahead. Two vectors at a time; a
    // single one has a loop of its own.
    int last = width - LENGTH;
    int pairs = last == 0 ? 0 : Math.ceilDiv(width, 2 * LENGTH);
    for (int c = 0; c < planes; c++) {
      int source = fromOffset + c * fromPlane;
      int target = toOffset + c * toPlane;
      int pair = 0;
      for (int n = 0; n < rows * pairs; n++) {
        int i = Math.min(2 * pair * LENGTH, last);
        int j = Math.min(i + LENGTH, last);
        FloatVector first = FloatVector.fromArray(SPECIES, from, source + i);
        FloatVector second = FloatVector.fromArray(SPECIES, from, source + j);
        first.intoArray(to, target + i);
        second.intoArray(to, target + j);
        pair++;
        if (pair == pairs) {
          pair = 0;
          source += fromPitch;
          target += toPitch;
        }
      }
      int single = last == 0 ? rows : 0;
      for (int r = 0; r < single; r++) {
        FloatVector.fromArray(SPECIES, from, source + r * fromPitch)
            .intoArray(to, target + r * toPitch);
      }
    }
  }

  private static void copyShort(
      float[] from,
      int fromOffset,
      int fromPlane,
      int fromPitch,
      float[] to,
      int toOffset,
      int toPlane,
      int toPitch,
      int planes,
      int rows,
      int width) {
    VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, (1L << width) - 1);
    for (int c = 0; c < planes; c++) {
      int source = fromOffset + c * fromPlane;
      int target = toOffset + c * toPlane;
      int whole =
          Math.min(
              wholeRows(from, source, fromPitch, LENGTH, rows),
              wholeRows(to, target, toPitch, LENGTH, rows));
      for (int r = 0; r < whole; r++) {
        FloatVector.fromArray(SPECIES, from, source + r * fromPitch)
            .intoArray(to, target + r * toPitch, lanes);
      }
      rest(1, from, source, fromPitch, to, target, toPitch, whole, rows, width);
    }
  }

  /** The rows behind whose begin there is as much of the array as is read of it. */
  private static int wholeRows(float[] array, int offset, int pitch, int reach, int rows) {
    int whole = rows;
    while (whole > 0 && offset + (whole - 1) * pitch + reach > array.length) {
      whole--;
    }
    return whole;
  }

  /** The rows at the end of an array. */
  private static void rest(
      int step,
      float[] from,
      int source,
      int fromPitch,
      float[] to,
      int target,
      int toPitch,
      int first,
      int rows,
      int width) {
    if (first < rows) {
      SCALAR.gather(
          from,
          source + first * fromPitch,
          0,
          fromPitch,
          step,
          to,
          target + first * toPitch,
          0,
          toPitch,
          1,
          rows - first,
          width);
    }
  }

  private static void gatherPairs(
      float[] from,
      int fromOffset,
      int fromPlane,
      int fromPitch,
      float[] to,
      int toOffset,
      int toPlane,
      int toPitch,
      int planes,
      int rows,
      int width) {
    // One loop along all rows: their lines come in order, and a loop of its own for a row would be
    // over before it is at speed.
    int vectors = Math.ceilDiv(width, LENGTH);
    for (int c = 0; c < planes; c++) {
      int source = fromOffset + c * fromPlane;
      int target = toOffset + c * toPlane;
      int vector = 0;
      for (int n = 0; n < rows * vectors; n++) {
        int i = Math.min(vector * LENGTH, width - LENGTH);
        // The second load begins one early, so that it ends with the last element taken.
        FloatVector first = FloatVector.fromArray(SPECIES, from, source + 2 * i);
        FloatVector second = FloatVector.fromArray(SPECIES, from, source + 2 * i + LENGTH - 1);
        first.rearrange(EVEN).blend(second.rearrange(ODD), SECOND_HALF).intoArray(to, target + i);
        vector++;
        if (vector == vectors) {
          vector = 0;
          source += fromPitch;
          target += toPitch;
        }
      }
    }
  }

  private static void gatherShort(
      float[] from,
      int fromOffset,
      int fromPlane,
      int fromPitch,
      float[] to,
      int toOffset,
      int toPlane,
      int toPitch,
      int planes,
      int rows,
      int width) {
    VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, (1L << width) - 1);
    // Up to half a vector comes from the first load alone.
    int second = 2 * width > LENGTH ? LENGTH - 1 : 0;
    for (int c = 0; c < planes; c++) {
      int source = fromOffset + c * fromPlane;
      int target = toOffset + c * toPlane;
      int whole =
          Math.min(
              wholeRows(from, source, fromPitch, second + LENGTH, rows),
              wholeRows(to, target, toPitch, LENGTH, rows));
      for (int r = 0; r < whole; r++) {
        int at = source + r * fromPitch;
        FloatVector.fromArray(SPECIES, from, at)
            .rearrange(EVEN)
            .blend(FloatVector.fromArray(SPECIES, from, at + second).rearrange(ODD), SECOND_HALF)
            .intoArray(to, target + r * toPitch, lanes);
      }
      rest(2, from, source, fromPitch, to, target, toPitch, whole, rows, width);
    }
  }

  @Override
  public void interleave(
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

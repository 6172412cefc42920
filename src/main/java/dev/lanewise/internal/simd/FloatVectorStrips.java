// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatStrips} in vectors. A row ends in a vector that overlaps the one before it, a short
 * one in a vector of a half or a quarter of the lanes: masked loads and stores take longer.
 */
public final class FloatVectorStrips implements FloatStrips {
  private static final FloatStrips SCALAR = new FloatScalarStrips();

  private static final int LEAST_LANES = 128 / Float.SIZE;
  private static final VectorSpecies<Float> HALF =
      FloatSpecies.ofLanes(Math.max(LENGTH / 2, LEAST_LANES));
  private static final VectorSpecies<Float> QUARTER =
      FloatSpecies.ofLanes(Math.max(LENGTH / 4, LEAST_LANES));

  /** From two neighbouring vectors, every second element: first half, second half. */
  private static final VectorShuffle<Float> EVEN = even(SPECIES);

  private static final VectorShuffle<Float> ODD = odd(SPECIES);
  private static final VectorMask<Float> SECOND_HALF = second(SPECIES);

  private static final VectorShuffle<Float> HALF_EVEN = even(HALF);
  private static final VectorShuffle<Float> HALF_ODD = odd(HALF);
  private static final VectorMask<Float> HALF_SECOND = second(HALF);
  private static final VectorShuffle<Float> QUARTER_EVEN = even(QUARTER);
  private static final VectorShuffle<Float> QUARTER_ODD = odd(QUARTER);
  private static final VectorMask<Float> QUARTER_SECOND = second(QUARTER);

  /** Spreads the first and the second half of a vector over pairs of lanes. */
  private static final VectorShuffle<Float> PAIRS_FIRST = VectorShuffle.fromOp(SPECIES, i -> i / 2);

  private static final VectorShuffle<Float> PAIRS_SECOND =
      VectorShuffle.fromOp(SPECIES, i -> LENGTH / 2 + i / 2);

  private static final VectorMask<Float> ODD_LANES =
      VectorMask.fromLong(SPECIES, 0xAAAA_AAAA_AAAA_AAAAL);

  private static VectorShuffle<Float> even(VectorSpecies<Float> species) {
    return VectorShuffle.fromOp(species, i -> 2 * i % species.length());
  }

  private static VectorShuffle<Float> odd(VectorSpecies<Float> species) {
    return VectorShuffle.fromOp(species, i -> (2 * i + 1) % species.length());
  }

  private static VectorMask<Float> second(VectorSpecies<Float> species) {
    return VectorMask.fromLong(species, -1L << (species.length() / 2));
  }

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
    } else if (step == 1 && width >= HALF.length()) {
      copyHalves(
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
    } else if (step == 1 && width >= QUARTER.length()) {
      copyQuarters(
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
    } else if (step == 2 && width >= HALF.length()) {
      gatherHalves(
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
    } else if (step == 2 && width >= QUARTER.length()) {
      gatherQuarters(
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
    // Down the columns: a loop along a row would be over before it is at speed.
    for (int c = 0; c < planes; c++) {
      for (int begin = 0; begin < width; begin += LENGTH) {
        int i = Math.min(begin, width - LENGTH);
        int source = fromOffset + c * fromPlane + i;
        int target = toOffset + c * toPlane + i;
        for (int r = 0; r < rows; r++) {
          FloatVector.fromArray(SPECIES, from, source + r * fromPitch)
              .intoArray(to, target + r * toPitch);
        }
      }
    }
  }

  private static void copyHalves(
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
    int last = width - HALF.length();
    for (int c = 0; c < planes; c++) {
      int source = fromOffset + c * fromPlane;
      int target = toOffset + c * toPlane;
      for (int r = 0; r < rows; r++) {
        int begin = source + r * fromPitch;
        int at = target + r * toPitch;
        FloatVector.fromArray(HALF, from, begin).intoArray(to, at);
        FloatVector.fromArray(HALF, from, begin + last).intoArray(to, at + last);
      }
    }
  }

  private static void copyQuarters(
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
    int last = width - QUARTER.length();
    for (int c = 0; c < planes; c++) {
      int source = fromOffset + c * fromPlane;
      int target = toOffset + c * toPlane;
      for (int r = 0; r < rows; r++) {
        int begin = source + r * fromPitch;
        int at = target + r * toPitch;
        FloatVector.fromArray(QUARTER, from, begin).intoArray(to, at);
        FloatVector.fromArray(QUARTER, from, begin + last).intoArray(to, at + last);
      }
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
    for (int c = 0; c < planes; c++) {
      for (int begin = 0; begin < width; begin += LENGTH) {
        int i = Math.min(begin, width - LENGTH);
        int source = fromOffset + c * fromPlane + 2 * i;
        int target = toOffset + c * toPlane + i;
        for (int r = 0; r < rows; r++) {
          // The second load begins one early, so that it ends with the last element taken.
          FloatVector first = FloatVector.fromArray(SPECIES, from, source + r * fromPitch);
          FloatVector second =
              FloatVector.fromArray(SPECIES, from, source + r * fromPitch + LENGTH - 1);
          first
              .rearrange(EVEN)
              .blend(second.rearrange(ODD), SECOND_HALF)
              .intoArray(to, target + r * toPitch);
        }
      }
    }
  }

  private static void gatherHalves(
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
    int last = width - HALF.length();
    for (int c = 0; c < planes; c++) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + c * fromPlane + r * fromPitch;
        int target = toOffset + c * toPlane + r * toPitch;
        halve(from, source, to, target);
        halve(from, source + 2 * last, to, target + last);
      }
    }
  }

  /** Every second element, half a vector of them. */
  private static void halve(float[] from, int source, float[] to, int target) {
    FloatVector first = FloatVector.fromArray(HALF, from, source);
    FloatVector second = FloatVector.fromArray(HALF, from, source + HALF.length() - 1);
    first.rearrange(HALF_EVEN).blend(second.rearrange(HALF_ODD), HALF_SECOND).intoArray(to, target);
  }

  private static void gatherQuarters(
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
    int last = width - QUARTER.length();
    for (int c = 0; c < planes; c++) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + c * fromPlane + r * fromPitch;
        int target = toOffset + c * toPlane + r * toPitch;
        quarter(from, source, to, target);
        quarter(from, source + 2 * last, to, target + last);
      }
    }
  }

  /** Every second element, a quarter of a vector of them. */
  private static void quarter(float[] from, int source, float[] to, int target) {
    FloatVector first = FloatVector.fromArray(QUARTER, from, source);
    FloatVector second = FloatVector.fromArray(QUARTER, from, source + QUARTER.length() - 1);
    first
        .rearrange(QUARTER_EVEN)
        .blend(second.rearrange(QUARTER_ODD), QUARTER_SECOND)
        .intoArray(to, target);
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

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link FloatPooling} on the vector unit. A pair of vectors, one from each row, holds half as many
 * windows as lanes. The last pair of a row overlaps the one before instead of ending early; only a
 * row of less than one pair needs masks to load. The last rows of an array, where a masked vector
 * would reach behind the end, go without: see {@link FloatVectorRows}.
 */
final class FloatVectorPooling implements FloatPooling {
  private static final FloatScalarPooling SCALAR = new FloatScalarPooling();
  private static final FloatStrips STRIPS = new FloatVectorStrips();

  private static final int HALF = LENGTH / 2;

  /** Exchanges the two lanes of each window. */
  private static final VectorShuffle<Float> NEIGHBOUR = VectorShuffle.fromOp(SPECIES, i -> i ^ 1);

  /** Brings the even lanes together in the first half. */
  private static final VectorShuffle<Float> EVEN =
      VectorShuffle.fromOp(SPECIES, i -> 2 * i % LENGTH);

  private static final VectorMask<Float> SECOND_HALF = VectorMask.fromLong(SPECIES, -1L << HALF);

  /** Gives each of the first half two lanes. */
  private static final VectorShuffle<Float> TWICE = VectorShuffle.fromOp(SPECIES, i -> i / 2);

  private static final VectorMask<Float> FIRST_HALF =
      VectorMask.fromLong(SPECIES, (1L << HALF) - 1);

  /** The bits of the first lane of each window. */
  private static final long FIRST_LANES = 0x5555_5555_5555_5555L;

  @Override
  public void maximum(float[] input, int upper, int lower, float[] output, int out, int count) {
    if (!Machine.MASKED_MEMORY
        || reachesBehind(output, out, count)
        || count < HALF && reachesBehind(input, lower, count)) {
      SCALAR.maximum(input, upper, lower, output, out, count);
    } else if (count < HALF) {
      maximumOfFew(input, upper, lower, output, out, count);
    } else {
      for (int i = 0; i < count; i += HALF) {
        int at = Math.min(i, count - HALF);
        FloatVector up = FloatVector.fromArray(SPECIES, input, upper + 2 * at);
        FloatVector low = FloatVector.fromArray(SPECIES, input, lower + 2 * at);
        maximum(up, low).intoArray(output, out + at, FIRST_HALF);
      }
    }
  }

  private static void maximumOfFew(
      float[] input, int upper, int lower, float[] output, int out, int count) {
    VectorMask<Float> columns = SPECIES.indexInRange(0, 2 * count);
    FloatVector up = FloatVector.fromArray(SPECIES, input, upper, columns);
    FloatVector low = FloatVector.fromArray(SPECIES, input, lower, columns);
    maximum(up, low).intoArray(output, out, SPECIES.indexInRange(0, count));
  }

  /**
   * Whether the last vector of a row's windows, or of a short row's elements, ends behind the
   * array.
   */
  private static boolean reachesBehind(float[] array, int row, int windows) {
    return row + Math.max(windows - HALF, 0) + LENGTH > array.length;
  }

  /** The maximum of each window, in the first half. */
  private static FloatVector maximum(FloatVector up, FloatVector low) {
    FloatVector columns = up.max(low);
    return columns.max(columns.rearrange(NEIGHBOUR)).rearrange(EVEN);
  }

  @Override
  public void route(
      float[] input,
      int upper,
      int lower,
      float[] output,
      float[] gradOutput,
      int out,
      float[] gradInput,
      int count) {
    if (!Machine.MASKED_MEMORY
        || reachesBehind(output, out, count)
        || reachesBehind(gradOutput, out, count)
        || count < HALF
            && (reachesBehind(input, lower, count) || reachesBehind(gradInput, lower, count))) {
      SCALAR.route(input, upper, lower, output, gradOutput, out, gradInput, count);
    } else if (count < HALF) {
      routeFew(input, upper, lower, output, gradOutput, out, gradInput, count);
    } else {
      FloatVector zero = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i += HALF) {
        int at = Math.min(i, count - HALF);
        FloatVector maximum =
            FloatVector.fromArray(SPECIES, output, out + at, FIRST_HALF).rearrange(TWICE);
        FloatVector gradient =
            FloatVector.fromArray(SPECIES, gradOutput, out + at, FIRST_HALF).rearrange(TWICE);
        FloatVector up = FloatVector.fromArray(SPECIES, input, upper + 2 * at);
        FloatVector low = FloatVector.fromArray(SPECIES, input, lower + 2 * at);
        long ups = up.compare(VectorOperators.LT, maximum).not().toLong();
        long lows = low.compare(VectorOperators.LT, maximum).not().toLong();
        zero.blend(gradient, VectorMask.fromLong(SPECIES, first(ups)))
            .intoArray(gradInput, upper + 2 * at);
        zero.blend(gradient, VectorMask.fromLong(SPECIES, firstWithout(ups, lows)))
            .intoArray(gradInput, lower + 2 * at);
      }
    }
  }

  private static void routeFew(
      float[] input,
      int upper,
      int lower,
      float[] output,
      float[] gradOutput,
      int out,
      float[] gradInput,
      int count) {
    VectorMask<Float> columns = SPECIES.indexInRange(0, 2 * count);
    VectorMask<Float> windows = SPECIES.indexInRange(0, count);
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector maximum = FloatVector.fromArray(SPECIES, output, out, windows).rearrange(TWICE);
    FloatVector gradient =
        FloatVector.fromArray(SPECIES, gradOutput, out, windows).rearrange(TWICE);
    FloatVector up = FloatVector.fromArray(SPECIES, input, upper, columns);
    FloatVector low = FloatVector.fromArray(SPECIES, input, lower, columns);
    long ups = up.compare(VectorOperators.LT, maximum).not().toLong();
    long lows = low.compare(VectorOperators.LT, maximum).not().toLong();
    zero.blend(gradient, VectorMask.fromLong(SPECIES, first(ups)))
        .intoArray(gradInput, upper, columns);
    zero.blend(gradient, VectorMask.fromLong(SPECIES, firstWithout(ups, lows)))
        .intoArray(gradInput, lower, columns);
  }

  /** Of the lanes that have their window's maximum, the first of each window. */
  private static long first(long lanes) {
    return lanes & ~((lanes & FIRST_LANES) << 1);
  }

  /** The same of the lower row, in the windows where the upper row has none. */
  private static long firstWithout(long upper, long lower) {
    long windows = (upper | upper >>> 1) & FIRST_LANES;
    return first(lower) & ~(windows | windows << 1);
  }

  /** The last vector of a row overlaps the one before; a row shorter than that has none. */
  @Override
  public void sum(float[] input, int upper, int lower, float[] output, int out, int count) {
    if (count < LENGTH) {
      SCALAR.sum(input, upper, lower, output, out, count);
      return;
    }
    for (int i = 0; i < count; i += LENGTH) {
      int at = Math.min(i, count - LENGTH);
      FloatVector left = rows(input, upper + 2 * at, lower + 2 * at);
      FloatVector right = rows(input, upper + 2 * at + LENGTH, lower + 2 * at + LENGTH);
      left.add(left.rearrange(NEIGHBOUR))
          .rearrange(EVEN)
          .blend(right.add(right.rearrange(NEIGHBOUR)).rearrange(EVEN), SECOND_HALF)
          .intoArray(output, out + at);
    }
  }

  private static FloatVector rows(float[] input, int upper, int lower) {
    return FloatVector.fromArray(SPECIES, input, upper)
        .add(FloatVector.fromArray(SPECIES, input, lower));
  }

  @Override
  public void twice(float[] input, int in, float[] output, int out, int count) {
    STRIPS.interleave(input, in, in, output, out, 2 * count);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Takeover;

/** A vector {@link FloatPixelTile}, and until it is fast the scalar one of as many filters. */
final class FloatStartingPixelTile implements FloatPixelTile, Takeover.Candidate {
  /** Products of a pixel in a trial. */
  private static final int TRIAL_TERMS = 16;

  private static final int[] SHIFTS = new int[TRIAL_TERMS];

  private final Class<? extends FloatPixelTile> original;
  private final FloatPixelTile scalar;
  private final int filters;
  private final int vectors;
  private final int lanes;

  /** Where the vectors of a trial begin: all at 0. */
  private final int[] places;

  private final Takeover takeover = new Takeover(this);
  private FloatPixelTile vector;
  private float[] scratch;

  FloatStartingPixelTile(FloatPixelTile vector) {
    this.vector = vector;
    original = vector.getClass();
    filters = vector.filters();
    vectors = vector.vectors();
    lanes = vector.lanes();
    places = new int[vectors];
    scalar = new FloatPixelTileScalar(filters, vectors, lanes);
  }

  @Override
  public int filters() {
    return filters;
  }

  @Override
  public int vectors() {
    return vectors;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void run(
      int begin,
      int end,
      int[] sourceAt,
      int[] targetAt,
      int terms,
      int[] shifts,
      int firstShift,
      float[] source,
      int sourceOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int targetOffset,
      int plane) {
    if (takeover.done()) {
      vector.run(
          begin,
          end,
          sourceAt,
          targetAt,
          terms,
          shifts,
          firstShift,
          source,
          sourceOffset,
          weight,
          weightOffset,
          bias,
          biasOffset,
          target,
          targetOffset,
          plane);
      return;
    }
    long start = System.nanoTime();
    scalar.run(
        begin,
        end,
        sourceAt,
        targetAt,
        terms,
        shifts,
        firstShift,
        source,
        sourceOffset,
        weight,
        weightOffset,
        bias,
        biasOffset,
        target,
        targetOffset,
        plane);
    takeover.scalar(System.nanoTime() - start);
  }

  @Override
  public int trial() {
    if (scratch == null) {
      scratch = new float[Math.max(TRIAL_TERMS * filters, lanes)];
    }
    float[] zeros = scratch;
    vector.run(
        0,
        vectors,
        places,
        places,
        TRIAL_TERMS,
        SHIFTS,
        0,
        zeros,
        0,
        zeros,
        0,
        zeros,
        0,
        zeros,
        0,
        0);
    return TRIAL_TERMS * filters * vectors;
  }

  @Override
  public void renew() {
    vector = (FloatPixelTile) KernelCopy.of(original);
  }
}

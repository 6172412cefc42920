// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Takeover;

/**
 * A vector {@link FloatPixelTile}, and until it is fast the scalar one of as many filters.
 *
 * <p>Sums that go on from what is in the target have a copy of the kernel. Where one class does
 * both, C2 makes a loop of it that takes a sixth longer, for all sums from the first long one on
 * (Zen 4, JDK 25).
 */
final class FloatStartingPixelTile implements FloatPixelTile, Takeover.Candidate {
  /** Products of a pixel in a trial, or of the second strip of one of long sums. */
  private static final int TRIAL_TERMS = 16;

  private final Class<? extends FloatPixelTile> original;
  private final FloatPixelTile scalar;
  private final int filters;
  private final int vectors;
  private final int lanes;

  /** Products of a pixel in a trial: as many as take the branches that the kernel is for. */
  private final int trialTerms;

  /** Where the vectors of a trial begin: all at 0. */
  private final int[] places;

  /** Whether this is the kernel of sums longer than a strip. */
  private final boolean longSums;

  private final Takeover takeover = new Takeover();
  private FloatPixelTile vector;
  private float[] scratch;
  private int[] shifts;

  /** The kernel of longer sums; null before the first. */
  private volatile FloatStartingPixelTile ofLongSums;

  FloatStartingPixelTile(FloatPixelTile vector) {
    this(vector, vector.getClass(), false);
  }

  private FloatStartingPixelTile(
      FloatPixelTile vector, Class<? extends FloatPixelTile> original, boolean longSums) {
    this.vector = vector;
    this.original = original;
    this.longSums = longSums;
    filters = vector.filters();
    vectors = vector.vectors();
    lanes = vector.lanes();
    trialTerms = longSums ? LoopStrip.MOST + TRIAL_TERMS : TRIAL_TERMS;
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
    if (terms > LoopStrip.MOST && !longSums) {
      ofLongSums()
          .run(
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
    takeover.scalar(System.nanoTime() - start, this);
  }

  private FloatStartingPixelTile ofLongSums() {
    FloatStartingPixelTile tile = ofLongSums;
    if (tile == null) {
      synchronized (this) {
        tile = ofLongSums;
        if (tile == null) {
          FloatPixelTile copy = (FloatPixelTile) KernelCopy.orElse(original, vector);
          tile = new FloatStartingPixelTile(copy, original, true);
          ofLongSums = tile;
        }
      }
    }
    return tile;
  }

  @Override
  public int trial() {
    if (scratch == null) {
      scratch = new float[Math.max(trialTerms * filters, lanes)];
      shifts = new int[trialTerms];
    }
    float[] zeros = scratch;
    vector.run(
        0,
        vectors,
        places,
        places,
        trialTerms,
        shifts,
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
    return trialTerms * filters * vectors;
  }

  @Override
  public void renew() {
    vector = (FloatPixelTile) KernelCopy.of(original);
  }
}

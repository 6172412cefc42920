// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Takeover;

/** A vector {@link FloatRollingTile}, and until it is fast the scalar one for the same windows. */
final class FloatStartingRollingTile implements FloatRollingTile, Takeover.Candidate {
  /** Columns of the window in a trial. */
  private static final int TRIAL_TERMS = 16;

  private static final int[] SHIFTS = new int[TRIAL_TERMS];

  private final Class<? extends FloatRollingTile> original;
  private final FloatRollingTile scalar;
  private final int height;
  private final Takeover takeover = new Takeover();
  private FloatRollingTile vector;
  private float[] scratch;

  FloatStartingRollingTile(FloatRollingTile vector) {
    this.vector = vector;
    original = vector.getClass();
    height = vector.height();
    scalar = new FloatRollingTileScalar(height);
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void run(
      int rows,
      int step,
      int second,
      int targetSecond,
      int terms,
      int[] shifts,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch) {
    if (takeover.done()) {
      vector.run(
          rows,
          step,
          second,
          targetSecond,
          terms,
          shifts,
          source,
          sourceOffset,
          sourcePitch,
          weight,
          weightOffset,
          bias,
          target,
          targetOffset,
          targetPitch);
      return;
    }
    long start = System.nanoTime();
    scalar.run(
        rows,
        step,
        second,
        targetSecond,
        terms,
        shifts,
        source,
        sourceOffset,
        sourcePitch,
        weight,
        weightOffset,
        bias,
        target,
        targetOffset,
        targetPitch);
    takeover.scalar(System.nanoTime() - start, this);
  }

  @Override
  public int trial() {
    if (scratch == null) {
      scratch = new float[Math.max(TRIAL_TERMS * height, FloatLanes.LENGTH)];
    }
    float[] zeros = scratch;
    vector.run(ROWS, ROWS, 0, 0, TRIAL_TERMS, SHIFTS, zeros, 0, 0, zeros, 0, 0, zeros, 0, 0);
    return TRIAL_TERMS * height * ROWS * 2;
  }

  @Override
  public void renew() {
    vector = (FloatRollingTile) KernelCopy.of(original);
  }
}

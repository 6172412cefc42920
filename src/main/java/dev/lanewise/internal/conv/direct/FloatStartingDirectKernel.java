// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Takeover;

/**
 * A vector {@link FloatDirectKernel}, and until it is fast the scalar one of its runs and lanes.
 */
final class FloatStartingDirectKernel implements FloatDirectKernel, Takeover.Candidate {
  /** Taps of a trial. */
  private static final int TRIAL_TERMS = 16;

  private static final int[] SHIFTS = new int[TRIAL_TERMS];

  private final Class<? extends FloatDirectKernel> original;
  private final FloatDirectKernel scalar;
  private final int run;
  private final int lanes;
  private final Takeover takeover = new Takeover();
  private FloatDirectKernel vector;
  private float[] scratch;

  FloatStartingDirectKernel(FloatDirectKernel vector) {
    this.vector = vector;
    original = vector.getClass();
    run = vector.run();
    lanes = vector.lanes();
    scalar = new FloatDirectKernelScalar(run, lanes);
  }

  @Override
  public int run() {
    return run;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void accumulate(
      int taps,
      int[] offsets,
      int offset,
      float[] image,
      int first,
      int second,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int toFirst,
      int toSecond,
      int step,
      int skip,
      int spare) {
    if (takeover.done()) {
      vector.accumulate(
          taps,
          offsets,
          offset,
          image,
          first,
          second,
          weight,
          weightOffset,
          sums,
          initial,
          toFirst,
          toSecond,
          step,
          skip,
          spare);
      return;
    }
    long start = System.nanoTime();
    scalar.accumulate(
        taps,
        offsets,
        offset,
        image,
        first,
        second,
        weight,
        weightOffset,
        sums,
        initial,
        toFirst,
        toSecond,
        step,
        skip,
        spare);
    takeover.scalar(System.nanoTime() - start, this);
  }

  @Override
  public int trial() {
    if (scratch == null) {
      scratch = new float[Math.max(TRIAL_TERMS, 2 * run + 2) * lanes];
    }
    float[] zeros = scratch;
    int second = (1 + run) * lanes;
    vector.accumulate(
        TRIAL_TERMS, SHIFTS, 0, zeros, 0, 0, zeros, 0, zeros, 0, lanes, second, lanes, 0, 0);
    return TRIAL_TERMS * 2 * run * lanes / FloatLanes.LENGTH;
  }

  @Override
  public void renew() {
    vector = (FloatDirectKernel) KernelCopy.of(original);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Takeover;

/** A vector {@link FloatLineKernel}, and until it is fast the scalar one of its run and lanes. */
final class FloatStartingLineKernel implements FloatLineKernel, Takeover.Candidate {
  /** Steps of a trial. */
  private static final int TRIAL_STEPS = 8;

  private final Class<? extends FloatLineKernel> original;
  private final FloatLineKernel scalar;
  private final int run;
  private final int lanes;
  private final Takeover takeover = new Takeover(this);
  private FloatLineKernel vector;
  private float[] scratch;

  FloatStartingLineKernel(FloatLineKernel vector) {
    this.vector = vector;
    original = vector.getClass();
    run = vector.run();
    lanes = vector.lanes();
    scalar = new FloatLineKernelScalar(run, lanes);
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
      int steps,
      float[] lines,
      int first,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int to) {
    if (takeover.done()) {
      vector.accumulate(steps, lines, first, weight, weightOffset, sums, initial, to);
      return;
    }
    long start = System.nanoTime();
    scalar.accumulate(steps, lines, first, weight, weightOffset, sums, initial, to);
    takeover.scalar(System.nanoTime() - start);
  }

  @Override
  public int trial() {
    if (scratch == null) {
      int weights = TRIAL_STEPS * TAPS * lanes;
      scratch = new float[Math.max(Math.max(weights, TRIAL_STEPS * LINE), (run + 1) * lanes)];
    }
    float[] zeros = scratch;
    vector.accumulate(TRIAL_STEPS, zeros, 0, zeros, 0, zeros, 0, lanes);
    return TRIAL_STEPS * TAPS * run * lanes / FloatLanes.LENGTH;
  }

  @Override
  public void renew() {
    vector = (FloatLineKernel) KernelCopy.of(original);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import dev.lanewise.internal.simd.DoubleRows;
import dev.lanewise.internal.simd.DoubleTranspose;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.simd.FloatTranspose;

/** Works the methods that rows and transposing are made of for longer than their patience. */
final class TrialWorkout {
  private static final long NANOS = 4_000_000_000L;

  private TrialWorkout() {}

  /** A trial that reaches behind its arrays ends it. */
  public static void main(String[] arguments) {
    long end = System.nanoTime() + NANOS;
    while (System.nanoTime() < end) {
      KernelWorkout.work(FloatRows.BEST);
      KernelWorkout.work(DoubleRows.BEST);
      KernelWorkout.work(FloatTranspose.BEST);
      KernelWorkout.work(DoubleTranspose.BEST);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatSpecies;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * {@link FloatMicrokernel} with a C in native memory, whose index counts elements. There is no
 * scalar form: until one is fast, tiles are computed in an array and moved.
 */
public interface FloatMicrokernelToSegment extends Starting.Form {
  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** As there, and either overwrites C or adds to it: in one method C1 would refuse both. */
  void accumulate(
      int tiles,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      MemorySegment c,
      long cOffset,
      long ldc);

  /** One tile in two classes: one overwrites C, the other one adds to it. */
  final class Pair {
    private final Starting<FloatMicrokernelToSegment> overwriting;
    private final Starting<FloatMicrokernelToSegment> adding;

    Pair(
        Supplier<FloatMicrokernelToSegment> overwriting,
        Supplier<FloatMicrokernelToSegment> adding) {
      this.overwriting = Starting.vectorOnly(overwriting, FloatMicrokernelToSegment::trial);
      this.adding = Starting.vectorOnly(adding, FloatMicrokernelToSegment::trial);
    }

    Starting<FloatMicrokernelToSegment> of(boolean overwrite) {
      return overwrite ? overwriting : adding;
    }
  }

  @Override
  default int trial() {
    int kc = 16;
    float[] zeros = FloatZeros.atLeast(Math.max(kc, columns()));
    MemorySegment c = FloatNativeZeros.atLeast(rows() * columns());
    accumulate(1, kc, zeros, 0, 0, zeros, 0, 0, c, 0, columns());
    return kc * rows() * columns() / FloatSpecies.LENGTH;
  }
}

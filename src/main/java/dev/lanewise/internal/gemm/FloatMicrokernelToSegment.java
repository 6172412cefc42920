// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatSpecies;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * {@link FloatMicrokernel} with a C in native memory, whose index counts elements. There is no
 * scalar form: until one is fast, tiles are computed in an array and moved.
 */
public interface FloatMicrokernelToSegment {
  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** As there. */
  void accumulate(
      int tiles,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      boolean overwrite,
      MemorySegment c,
      long cOffset,
      long ldc);

  /**
   * One tile in two classes, the second of which only ever adds: see {@link
   * FloatStartingMicrokernel}.
   */
  final class Pair {
    private final Starting<FloatMicrokernelToSegment> overwriting;
    private final Starting<FloatMicrokernelToSegment> adding;

    Pair(Supplier<? extends FloatMicrokernelToSegment> kernel) {
      overwriting = Starting.vectorOnly(kernel, tile -> trial(tile, true));
      adding =
          Starting.vectorOnly(
              () -> (FloatMicrokernelToSegment) KernelCopy.of(kernel.get().getClass()),
              tile -> trial(tile, false));
    }

    Starting<FloatMicrokernelToSegment> of(boolean overwrite) {
      return overwrite ? overwriting : adding;
    }

    private static int trial(FloatMicrokernelToSegment tile, boolean overwrite) {
      int kc = 16;
      float[] zeros = FloatZeros.atLeast(Math.max(kc, tile.columns()));
      MemorySegment c = FloatNativeZeros.atLeast(tile.rows() * tile.columns());
      tile.accumulate(1, kc, zeros, 0, 0, zeros, 0, 0, overwrite, c, 0, tile.columns());
      return kc * tile.rows() * tile.columns() / FloatSpecies.LENGTH;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatPackingMicrokernel} with a B in native memory, whose index counts elements, that
 * overwrites C. There is no scalar form: until one is fast, B is packed first.
 */
public interface FloatPackingMicrokernelOfSegment extends Starting.Form {
  /** MR. */
  int ROWS = FloatPackingMicrokernel.ROWS;

  /** NR. */
  int COLUMNS = FloatPackingMicrokernel.COLUMNS;

  /** The first tile of each panel where tiles are high. */
  Starting<FloatPackingMicrokernelOfSegment> HIGH =
      Starting.vectorOnly(FloatPackingMicrokernel12x2OfSegment.class);

  /** As there. */
  void accumulate(
      int kc,
      float[] a,
      int aOffset,
      MemorySegment b,
      long bOffset,
      long ldb,
      float[] panel,
      int panelOffset,
      float[] c,
      int cOffset,
      int ldc);

  @Override
  default int trial() {
    int kc = 16;
    float[] a = FloatZeros.atLeast(ROWS * Blocking.PACKED_LDA);
    float[] zeros = FloatZeros.atLeast(kc * COLUMNS);
    accumulate(kc, a, 0, FloatNativeZeros.atLeast(COLUMNS), 0, 0, zeros, 0, zeros, 0, 0);
    return kc * ROWS * 2;
  }
}

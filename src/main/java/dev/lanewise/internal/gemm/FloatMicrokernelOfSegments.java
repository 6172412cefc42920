// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link FloatMicrokernel} with all operands in native memory, whose indices count elements, that
 * overwrites C. There is no scalar form: until one is fast, A and B are packed.
 *
 * <p>For vectors of 512 bits, which multiply and add in one instruction: a panel of B that is
 * narrower stays in the first-level cache, and is always packed.
 */
public interface FloatMicrokernelOfSegments extends Starting.Form {
  /** The tiles by vectors: 1, 2, 3, 4. */
  List<Starting<FloatMicrokernelOfSegments>> ALL =
      Stream.<Class<? extends FloatMicrokernelOfSegments>>of(
              FloatMicrokernel5x1OfSegments.class,
              FloatMicrokernel5x2OfSegments.class,
              FloatMicrokernel5x3OfSegments.class,
              FloatMicrokernel5x4OfSegments.class)
          .map(tile -> Starting.<FloatMicrokernelOfSegments>vectorOnly(tile))
          .toList();

  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** As there. */
  void accumulate(
      int panels,
      int panel,
      int tiles,
      int kc,
      MemorySegment a,
      long aOffset,
      long lda,
      MemorySegment b,
      long bOffset,
      long ldb,
      MemorySegment c,
      long cOffset,
      long ldc);

  @Override
  default int trial() {
    int kc = 16;
    MemorySegment zeros = FloatNativeZeros.atLeast(Math.max(kc, rows() * columns()));
    accumulate(1, 0, 1, kc, zeros, 0, 0, zeros, 0, 0, zeros, 0, columns());
    return kc * rows() * columns() / FloatLanes.LENGTH;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatMicrokernel} with a C in native memory, whose index counts elements, that overwrites
 * C. There is no scalar form: until one is fast, tiles are computed in an array and moved.
 *
 * <p>Tiles that add to C always are: of one that adds to a segment C1 refuses the third tier, by
 * what it happens to inline, and the tile would stay in the second. So are high tiles, of which it
 * refuses those that overwrite as well.
 */
public interface FloatMicrokernelToSegment extends Starting.Form {
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
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      MemorySegment c,
      long cOffset,
      long ldc);

  /** What the build has made of a tile that writes to arrays; null if it has made nothing. */
  static Starting<FloatMicrokernelToSegment> of(Class<? extends FloatMicrokernel> tile) {
    if (tile == FloatMicrokernel5x4.class) {
      return Starting.vectorOnly(FloatMicrokernel5x4ToSegment.class);
    }
    if (tile == FloatMicrokernel4x4.class) {
      return Starting.vectorOnly(FloatMicrokernel4x4ToSegment.class);
    }
    if (tile == FloatMicrokernel5x3.class) {
      return Starting.vectorOnly(FloatMicrokernel5x3ToSegment.class);
    }
    if (tile == FloatMicrokernel5x2.class) {
      return Starting.vectorOnly(FloatMicrokernel5x2ToSegment.class);
    }
    if (tile == FloatMicrokernel5x1.class) {
      return Starting.vectorOnly(FloatMicrokernel5x1ToSegment.class);
    }
    if (tile == FloatMicrokernel6x2.class) {
      return Starting.vectorOnly(FloatMicrokernel6x2ToSegment.class);
    }
    if (tile == FloatMicrokernel6x1.class) {
      return Starting.vectorOnly(FloatMicrokernel6x1ToSegment.class);
    }
    if (tile == FloatMicrokernel4x2MulAdd.class) {
      return Starting.vectorOnly(FloatMicrokernel4x2MulAddToSegment.class);
    }
    return null;
  }

  @Override
  default int trial() {
    int kc = 16;
    float[] zeros = FloatZeros.atLeast(Math.max(kc, columns()));
    MemorySegment c = FloatNativeZeros.atLeast(rows() * columns());
    accumulate(1, 0, 1, kc, zeros, 0, 0, zeros, 0, 0, c, 0, columns());
    return kc * rows() * columns() / FloatLanes.LENGTH;
  }
}

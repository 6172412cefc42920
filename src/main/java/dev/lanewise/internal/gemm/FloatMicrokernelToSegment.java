// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

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

  /** One tile in two classes: one overwrites C, the other one adds to it. */
  final class Pair {
    private final Starting<FloatMicrokernelToSegment> overwriting;
    private final Starting<FloatMicrokernelToSegment> adding;

    private Pair(
        Class<? extends FloatMicrokernelToSegment> overwriting,
        Class<? extends FloatMicrokernelToSegment> adding) {
      this.overwriting = Starting.vectorOnly(overwriting);
      this.adding = Starting.vectorOnly(adding);
    }

    /** What the build has made of a tile that writes to arrays. */
    static Pair of(Class<? extends FloatMicrokernel> tile) {
      if (tile == FloatMicrokernel5x4.class) {
        return new Pair(
            FloatMicrokernel5x4ToSegment.class, FloatMicrokernel5x4AddingToSegment.class);
      }
      if (tile == FloatMicrokernel4x4.class) {
        return new Pair(
            FloatMicrokernel4x4ToSegment.class, FloatMicrokernel4x4AddingToSegment.class);
      }
      if (tile == FloatMicrokernel5x3.class) {
        return new Pair(
            FloatMicrokernel5x3ToSegment.class, FloatMicrokernel5x3AddingToSegment.class);
      }
      if (tile == FloatMicrokernel5x2.class) {
        return new Pair(
            FloatMicrokernel5x2ToSegment.class, FloatMicrokernel5x2AddingToSegment.class);
      }
      if (tile == FloatMicrokernel5x1.class) {
        return new Pair(
            FloatMicrokernel5x1ToSegment.class, FloatMicrokernel5x1AddingToSegment.class);
      }
      if (tile == FloatMicrokernel6x2.class) {
        return new Pair(
            FloatMicrokernel6x2ToSegment.class, FloatMicrokernel6x2AddingToSegment.class);
      }
      if (tile == FloatMicrokernel6x1.class) {
        return new Pair(
            FloatMicrokernel6x1ToSegment.class, FloatMicrokernel6x1AddingToSegment.class);
      }
      if (tile == FloatMicrokernel4x2MulAdd.class) {
        return new Pair(
            FloatMicrokernel4x2MulAddToSegment.class,
            FloatMicrokernel4x2MulAddAddingToSegment.class);
      }
      throw new IllegalArgumentException(tile.getName());
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
    accumulate(1, 0, 1, kc, zeros, 0, 0, zeros, 0, 0, c, 0, columns());
    return kc * rows() * columns() / FloatLanes.LENGTH;
  }
}

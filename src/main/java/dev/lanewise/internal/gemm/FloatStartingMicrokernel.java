// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatSpecies;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Takeover;
import java.lang.invoke.MethodHandles;

/**
 * A vector {@link FloatMicrokernel}, and until it is fast {@link FloatMicrokernelScalar} on the
 * same panels, a few rows and columns at a time.
 */
final class FloatStartingMicrokernel implements FloatMicrokernel, Takeover.Candidate {
  private static final FloatMicrokernel SCALAR = new FloatMicrokernelScalar();

  /** Products of one element of C in a trial. */
  private static final int TRIAL_DEPTH = 16;

  private final Class<? extends FloatMicrokernel> original;
  private final int rows;
  private final int columns;
  private final Takeover takeover = new Takeover(this);
  private FloatMicrokernel vector;
  private float[] scratch;

  FloatStartingMicrokernel(FloatMicrokernel vector) {
    this.vector = vector;
    original = vector.getClass();
    rows = vector.rows();
    columns = vector.columns();
  }

  /** Whether scalar tiles fill those of a kernel. */
  static boolean canStart(FloatMicrokernel kernel) {
    return kernel.rows() % SCALAR.rows() == 0 && kernel.columns() % SCALAR.columns() == 0;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void accumulate(
      int kc,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int ldb,
      float[] d,
      int dOffset,
      int ldd,
      float[] c,
      int cOffset,
      int ldc) {
    if (takeover.done()) {
      vector.accumulate(kc, a, aOffset, b, bOffset, ldb, d, dOffset, ldd, c, cOffset, ldc);
      return;
    }
    long start = System.nanoTime();
    for (int i = 0; i < rows; i += SCALAR.rows()) {
      for (int j = 0; j < columns; j += SCALAR.columns()) {
        SCALAR.accumulate(
            kc,
            a,
            aOffset + i * Blocking.KC,
            b,
            bOffset + j,
            ldb,
            d,
            dOffset + i * ldd + j,
            ldd,
            c,
            cOffset + i * ldc + j,
            ldc);
      }
    }
    takeover.scalar(System.nanoTime() - start);
  }

  @Override
  public int trial() {
    if (scratch == null) {
      scratch = new float[Math.max(rows * Blocking.KC, rows * columns)];
    }
    float[] zeros = scratch;
    vector.accumulate(TRIAL_DEPTH, zeros, 0, zeros, 0, 0, zeros, 0, columns, zeros, 0, columns);
    return TRIAL_DEPTH * rows * columns / FloatSpecies.LENGTH;
  }

  @Override
  public void renew() {
    vector = KernelCopy.of(MethodHandles.lookup(), original, FloatMicrokernel.class);
  }
}

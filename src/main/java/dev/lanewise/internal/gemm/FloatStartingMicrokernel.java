// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.KernelCopy;
import dev.lanewise.internal.start.Starting;
import dev.lanewise.internal.start.Takeover;

/**
 * A vector {@link FloatMicrokernel}, and until it is fast {@link FloatMicrokernelScalar} on the
 * same operands, a few rows and columns at a time.
 */
final class FloatStartingMicrokernel implements FloatMicrokernel, Takeover.Candidate {
  private static final FloatMicrokernel SCALAR = new FloatMicrokernelScalar();
  private static final FloatMicrokernel SCALAR_ROW = new FloatMicrokernelScalarRow();

  /** Products of one element of C in a trial. */
  private static final int TRIAL_DEPTH = 16;

  private final Class<? extends FloatMicrokernel> original;
  private final int rows;
  private final int columns;
  private final int onlyLda;
  private final Takeover takeover = new Takeover();
  private FloatMicrokernel overwriting;

  /**
   * A copy once there is one: a class that has only ever added is compiled without the other
   * branch. With both, a tile loses up to a tenth of its speed (JDK 25).
   */
  private FloatMicrokernel adding;

  private float[] scratch;

  /** Null until something is written to native memory, which most programs never do. */
  private Starting<FloatMicrokernelToSegment> toSegment;

  FloatStartingMicrokernel(FloatMicrokernel vector) {
    overwriting = vector;
    adding = vector;
    original = vector.getClass();
    rows = vector.rows();
    columns = vector.columns();
    onlyLda = vector.onlyLda();
  }

  /** Whether scalar tiles fill those of a kernel. */
  static boolean canStart(FloatMicrokernel kernel) {
    return kernel.columns() % SCALAR.columns() == 0;
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
  public int onlyLda() {
    return onlyLda;
  }

  @Override
  public Starting<FloatMicrokernelToSegment> toSegment() {
    Starting<FloatMicrokernelToSegment> starting = toSegment;
    if (starting == null) {
      // Two threads may make two, each as good as the other.
      starting = FloatMicrokernelToSegment.of(original);
      toSegment = starting;
    }
    return starting;
  }

  @Override
  public void accumulate(
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
      boolean overwrite,
      float[] c,
      int cOffset,
      int ldc) {
    if (takeover.done()) {
      FloatMicrokernel vector = overwrite ? overwriting : adding;
      vector.accumulate(
          panels, panel, tiles, kc, a, aOffset, lda, b, bOffset, ldb, overwrite, c, cOffset, ldc);
      return;
    }
    long start = System.nanoTime();
    int height = tiles * rows;
    FloatMicrokernel scalar;
    for (int i = 0; i < height; i += scalar.rows()) {
      scalar = height - i < SCALAR.rows() ? SCALAR_ROW : SCALAR;
      for (int j = 0; j < panels * columns; j += SCALAR.columns()) {
        scalar.accumulate(
            1,
            0,
            1,
            kc,
            a,
            aOffset + i * lda,
            lda,
            b,
            bOffset + j / columns * panel + j % columns,
            ldb,
            overwrite,
            c,
            cOffset + i * ldc + j,
            ldc);
      }
    }
    takeover.scalar(System.nanoTime() - start, this);
  }

  @Override
  public int trial() {
    if (scratch == null) {
      scratch = new float[Math.max(rows * onlyLda + TRIAL_DEPTH, rows * columns)];
      adding = copy();
    }
    tryOut(overwriting, true);
    tryOut(adding, false);
    return 2 * (2 * TRIAL_DEPTH - 1) * rows * columns / FloatLanes.LENGTH;
  }

  private void tryOut(FloatMicrokernel vector, boolean overwrite) {
    // An odd depth as well: C2 leaves out a branch for a last term that nobody has taken.
    float[] zeros = scratch;
    for (int depth = TRIAL_DEPTH - 1; depth <= TRIAL_DEPTH; depth++) {
      vector.accumulate(1, 0, 1, depth, zeros, 0, 0, zeros, 0, 0, overwrite, zeros, 0, columns);
    }
  }

  @Override
  public void renew() {
    overwriting = copy();
    adding = copy();
  }

  private FloatMicrokernel copy() {
    return (FloatMicrokernel) KernelCopy.of(original);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatMicrokernel5x4} for the last columns of a block, where they are one vector or less.
 */
public final class FloatMicrokernel5x1 implements FloatMicrokernel {
  private static final int MR = 5;
  private static final int NR = LENGTH;

  @Override
  public int rows() {
    return MR;
  }

  @Override
  public int columns() {
    return NR;
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
    // One zero for all: a call of zero() each is what makes C1 run out of registers (JDK 25).
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < panels; i++) {
      int bAt = bOffset + i * panel;
      int a0 = aOffset;
      int c0 = cOffset + i * NR;
      for (int tile = 0; tile < tiles; tile++) {
        int a1 = a0 + lda;
        int a2 = a1 + lda;
        int a3 = a2 + lda;
        int a4 = a3 + lda;
        FloatVector acc0_0 = zero;
        FloatVector acc1_0 = zero;
        FloatVector acc2_0 = zero;
        FloatVector acc3_0 = zero;
        FloatVector acc4_0 = zero;
        for (int p = 0; p < kc; p++) {
          FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + p * ldb);
          FloatVector row0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
          acc0_0 = row0.fma(b0, acc0_0);
          FloatVector row1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
          acc1_0 = row1.fma(b0, acc1_0);
          FloatVector row2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
          acc2_0 = row2.fma(b0, acc2_0);
          FloatVector row3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
          acc3_0 = row3.fma(b0, acc3_0);
          FloatVector row4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
          acc4_0 = row4.fma(b0, acc4_0);
        }
        int c1 = c0 + ldc;
        int c2 = c1 + ldc;
        int c3 = c2 + ldc;
        int c4 = c3 + ldc;
        // Written out: a helper that C2 does not inline would box every accumulator.
        if (overwrite) {
          acc0_0.intoArray(c, c0);
          acc1_0.intoArray(c, c1);
          acc2_0.intoArray(c, c2);
          acc3_0.intoArray(c, c3);
          acc4_0.intoArray(c, c4);
        } else {
          FloatVector.fromArray(SPECIES, c, c0).add(acc0_0).intoArray(c, c0);
          FloatVector.fromArray(SPECIES, c, c1).add(acc1_0).intoArray(c, c1);
          FloatVector.fromArray(SPECIES, c, c2).add(acc2_0).intoArray(c, c2);
          FloatVector.fromArray(SPECIES, c, c3).add(acc3_0).intoArray(c, c3);
          FloatVector.fromArray(SPECIES, c, c4).add(acc4_0).intoArray(c, c4);
        }
        a0 = a4 + lda;
        c0 = c4 + ldc;
      }
    }
  }
}

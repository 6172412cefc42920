// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatMicrokernel5x4} for the last columns of a block, where they are two vectors or less;
 * {@link FloatMicrokernel6x2} for the heights that are no multiple of 6.
 */
public final class FloatMicrokernel5x2 implements FloatMicrokernel {
  private static final int MR = 5;
  private static final int NR = 2 * LENGTH;

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
        FloatVector acc0_1 = zero;
        FloatVector acc1_0 = zero;
        FloatVector acc1_1 = zero;
        FloatVector acc2_0 = zero;
        FloatVector acc2_1 = zero;
        FloatVector acc3_0 = zero;
        FloatVector acc3_1 = zero;
        FloatVector acc4_0 = zero;
        FloatVector acc4_1 = zero;
        for (int p = 0; p < kc; p++) {
          FloatVector b0 = FloatVector.fromArray(SPECIES, b, bAt + p * ldb);
          FloatVector b1 = FloatVector.fromArray(SPECIES, b, bAt + p * ldb + LENGTH);
          FloatVector row0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
          acc0_0 = row0.fma(b0, acc0_0);
          acc0_1 = row0.fma(b1, acc0_1);
          FloatVector row1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
          acc1_0 = row1.fma(b0, acc1_0);
          acc1_1 = row1.fma(b1, acc1_1);
          FloatVector row2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
          acc2_0 = row2.fma(b0, acc2_0);
          acc2_1 = row2.fma(b1, acc2_1);
          FloatVector row3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
          acc3_0 = row3.fma(b0, acc3_0);
          acc3_1 = row3.fma(b1, acc3_1);
          FloatVector row4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
          acc4_0 = row4.fma(b0, acc4_0);
          acc4_1 = row4.fma(b1, acc4_1);
        }
        int c1 = c0 + ldc;
        int c2 = c1 + ldc;
        int c3 = c2 + ldc;
        int c4 = c3 + ldc;
        // Written out: a helper that C2 does not inline would box every accumulator.
        if (overwrite) {
          acc0_0.intoArray(c, c0);
          acc0_1.intoArray(c, c0 + LENGTH);
          acc1_0.intoArray(c, c1);
          acc1_1.intoArray(c, c1 + LENGTH);
          acc2_0.intoArray(c, c2);
          acc2_1.intoArray(c, c2 + LENGTH);
          acc3_0.intoArray(c, c3);
          acc3_1.intoArray(c, c3 + LENGTH);
          acc4_0.intoArray(c, c4);
          acc4_1.intoArray(c, c4 + LENGTH);
        } else {
          FloatVector.fromArray(SPECIES, c, c0).add(acc0_0).intoArray(c, c0);
          FloatVector.fromArray(SPECIES, c, c0 + LENGTH).add(acc0_1).intoArray(c, c0 + LENGTH);
          FloatVector.fromArray(SPECIES, c, c1).add(acc1_0).intoArray(c, c1);
          FloatVector.fromArray(SPECIES, c, c1 + LENGTH).add(acc1_1).intoArray(c, c1 + LENGTH);
          FloatVector.fromArray(SPECIES, c, c2).add(acc2_0).intoArray(c, c2);
          FloatVector.fromArray(SPECIES, c, c2 + LENGTH).add(acc2_1).intoArray(c, c2 + LENGTH);
          FloatVector.fromArray(SPECIES, c, c3).add(acc3_0).intoArray(c, c3);
          FloatVector.fromArray(SPECIES, c, c3 + LENGTH).add(acc3_1).intoArray(c, c3 + LENGTH);
          FloatVector.fromArray(SPECIES, c, c4).add(acc4_0).intoArray(c, c4);
          FloatVector.fromArray(SPECIES, c, c4 + LENGTH).add(acc4_1).intoArray(c, c4 + LENGTH);
        }
        a0 = a4 + lda;
        c0 = c4 + ldc;
      }
    }
  }
}

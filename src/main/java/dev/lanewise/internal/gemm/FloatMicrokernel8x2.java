// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FloatMicrokernel} for the rows that {@link FloatMicrokernel12x2} leaves over. */
public final class FloatMicrokernel8x2 implements FloatMicrokernel {
  private static final int MR = 8;
  private static final int NR = 2 * LENGTH;
  private static final int LDA = Blocking.PACKED_LDA;

  @Override
  public int rows() {
    return MR;
  }

  @Override
  public int columns() {
    return NR;
  }

  @Override
  public int onlyLda() {
    return LDA;
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
      int aAt = aOffset;
      int c0 = cOffset + i * NR;
      for (int tile = 0; tile < tiles; tile++) {
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
        FloatVector acc5_0 = zero;
        FloatVector acc5_1 = zero;
        FloatVector acc6_0 = zero;
        FloatVector acc6_1 = zero;
        FloatVector acc7_0 = zero;
        FloatVector acc7_1 = zero;
        for (int pair = 0; pair < kc >> 1; pair++) {
          int p = 2 * pair;
          int w = bAt + p * NR;
          FloatVector b0 = FloatVector.fromArray(SPECIES, b, w);
          FloatVector b1 = FloatVector.fromArray(SPECIES, b, w + LENGTH);
          FloatVector row0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
          acc0_0 = row0.fma(b0, acc0_0);
          acc0_1 = row0.fma(b1, acc0_1);
          FloatVector row1 = FloatVector.broadcast(SPECIES, a[aAt + p + LDA]);
          acc1_0 = row1.fma(b0, acc1_0);
          acc1_1 = row1.fma(b1, acc1_1);
          FloatVector row2 = FloatVector.broadcast(SPECIES, a[aAt + p + 2 * LDA]);
          acc2_0 = row2.fma(b0, acc2_0);
          acc2_1 = row2.fma(b1, acc2_1);
          FloatVector row3 = FloatVector.broadcast(SPECIES, a[aAt + p + 3 * LDA]);
          acc3_0 = row3.fma(b0, acc3_0);
          acc3_1 = row3.fma(b1, acc3_1);
          FloatVector row4 = FloatVector.broadcast(SPECIES, a[aAt + p + 4 * LDA]);
          acc4_0 = row4.fma(b0, acc4_0);
          acc4_1 = row4.fma(b1, acc4_1);
          FloatVector row5 = FloatVector.broadcast(SPECIES, a[aAt + p + 5 * LDA]);
          acc5_0 = row5.fma(b0, acc5_0);
          acc5_1 = row5.fma(b1, acc5_1);
          FloatVector row6 = FloatVector.broadcast(SPECIES, a[aAt + p + 6 * LDA]);
          acc6_0 = row6.fma(b0, acc6_0);
          acc6_1 = row6.fma(b1, acc6_1);
          FloatVector row7 = FloatVector.broadcast(SPECIES, a[aAt + p + 7 * LDA]);
          acc7_0 = row7.fma(b0, acc7_0);
          acc7_1 = row7.fma(b1, acc7_1);
          FloatVector d0 = FloatVector.fromArray(SPECIES, b, w + NR);
          FloatVector d1 = FloatVector.fromArray(SPECIES, b, w + NR + LENGTH);
          FloatVector next0 = FloatVector.broadcast(SPECIES, a[aAt + p + 1]);
          acc0_0 = next0.fma(d0, acc0_0);
          acc0_1 = next0.fma(d1, acc0_1);
          FloatVector next1 = FloatVector.broadcast(SPECIES, a[aAt + p + 1 + LDA]);
          acc1_0 = next1.fma(d0, acc1_0);
          acc1_1 = next1.fma(d1, acc1_1);
          FloatVector next2 = FloatVector.broadcast(SPECIES, a[aAt + p + 1 + 2 * LDA]);
          acc2_0 = next2.fma(d0, acc2_0);
          acc2_1 = next2.fma(d1, acc2_1);
          FloatVector next3 = FloatVector.broadcast(SPECIES, a[aAt + p + 1 + 3 * LDA]);
          acc3_0 = next3.fma(d0, acc3_0);
          acc3_1 = next3.fma(d1, acc3_1);
          FloatVector next4 = FloatVector.broadcast(SPECIES, a[aAt + p + 1 + 4 * LDA]);
          acc4_0 = next4.fma(d0, acc4_0);
          acc4_1 = next4.fma(d1, acc4_1);
          FloatVector next5 = FloatVector.broadcast(SPECIES, a[aAt + p + 1 + 5 * LDA]);
          acc5_0 = next5.fma(d0, acc5_0);
          acc5_1 = next5.fma(d1, acc5_1);
          FloatVector next6 = FloatVector.broadcast(SPECIES, a[aAt + p + 1 + 6 * LDA]);
          acc6_0 = next6.fma(d0, acc6_0);
          acc6_1 = next6.fma(d1, acc6_1);
          FloatVector next7 = FloatVector.broadcast(SPECIES, a[aAt + p + 1 + 7 * LDA]);
          acc7_0 = next7.fma(d0, acc7_0);
          acc7_1 = next7.fma(d1, acc7_1);
        }
        if ((kc & 1) > 0) {
          int p = kc - 1;
          int w = bAt + p * NR;
          FloatVector b0 = FloatVector.fromArray(SPECIES, b, w);
          FloatVector b1 = FloatVector.fromArray(SPECIES, b, w + LENGTH);
          FloatVector row0 = FloatVector.broadcast(SPECIES, a[aAt + p]);
          acc0_0 = row0.fma(b0, acc0_0);
          acc0_1 = row0.fma(b1, acc0_1);
          FloatVector row1 = FloatVector.broadcast(SPECIES, a[aAt + p + LDA]);
          acc1_0 = row1.fma(b0, acc1_0);
          acc1_1 = row1.fma(b1, acc1_1);
          FloatVector row2 = FloatVector.broadcast(SPECIES, a[aAt + p + 2 * LDA]);
          acc2_0 = row2.fma(b0, acc2_0);
          acc2_1 = row2.fma(b1, acc2_1);
          FloatVector row3 = FloatVector.broadcast(SPECIES, a[aAt + p + 3 * LDA]);
          acc3_0 = row3.fma(b0, acc3_0);
          acc3_1 = row3.fma(b1, acc3_1);
          FloatVector row4 = FloatVector.broadcast(SPECIES, a[aAt + p + 4 * LDA]);
          acc4_0 = row4.fma(b0, acc4_0);
          acc4_1 = row4.fma(b1, acc4_1);
          FloatVector row5 = FloatVector.broadcast(SPECIES, a[aAt + p + 5 * LDA]);
          acc5_0 = row5.fma(b0, acc5_0);
          acc5_1 = row5.fma(b1, acc5_1);
          FloatVector row6 = FloatVector.broadcast(SPECIES, a[aAt + p + 6 * LDA]);
          acc6_0 = row6.fma(b0, acc6_0);
          acc6_1 = row6.fma(b1, acc6_1);
          FloatVector row7 = FloatVector.broadcast(SPECIES, a[aAt + p + 7 * LDA]);
          acc7_0 = row7.fma(b0, acc7_0);
          acc7_1 = row7.fma(b1, acc7_1);
        }
        int c1 = c0 + ldc;
        int c2 = c1 + ldc;
        int c3 = c2 + ldc;
        int c4 = c3 + ldc;
        int c5 = c4 + ldc;
        int c6 = c5 + ldc;
        int c7 = c6 + ldc;
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
          acc5_0.intoArray(c, c5);
          acc5_1.intoArray(c, c5 + LENGTH);
          acc6_0.intoArray(c, c6);
          acc6_1.intoArray(c, c6 + LENGTH);
          acc7_0.intoArray(c, c7);
          acc7_1.intoArray(c, c7 + LENGTH);
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
          FloatVector.fromArray(SPECIES, c, c5).add(acc5_0).intoArray(c, c5);
          FloatVector.fromArray(SPECIES, c, c5 + LENGTH).add(acc5_1).intoArray(c, c5 + LENGTH);
          FloatVector.fromArray(SPECIES, c, c6).add(acc6_0).intoArray(c, c6);
          FloatVector.fromArray(SPECIES, c, c6 + LENGTH).add(acc6_1).intoArray(c, c6 + LENGTH);
          FloatVector.fromArray(SPECIES, c, c7).add(acc7_0).intoArray(c, c7);
          FloatVector.fromArray(SPECIES, c, c7 + LENGTH).add(acc7_1).intoArray(c, c7 + LENGTH);
        }
        aAt += MR * LDA;
        c0 = c7 + ldc;
      }
    }
  }
}

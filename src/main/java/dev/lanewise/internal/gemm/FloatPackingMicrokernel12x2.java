// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/** {@link FloatPackingMicrokernel} beside {@link FloatMicrokernel12x2}, for any number of terms. */
final class FloatPackingMicrokernel12x2 implements FloatPackingMicrokernel {
  private static final int NR = 2 * LENGTH;
  private static final int LDA = Blocking.PACKED_LDA;

  @Override
  public void accumulate(
      int kc,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int ldb,
      float[] panel,
      int panelOffset,
      boolean overwrite,
      float[] c,
      int cOffset,
      int ldc) {
    // One zero for all, for C1's sake.
    FloatVector zero = FloatVector.zero(SPECIES);
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
    FloatVector acc8_0 = zero;
    FloatVector acc8_1 = zero;
    FloatVector acc9_0 = zero;
    FloatVector acc9_1 = zero;
    FloatVector acc10_0 = zero;
    FloatVector acc10_1 = zero;
    FloatVector acc11_0 = zero;
    FloatVector acc11_1 = zero;
    int at = bOffset;
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LENGTH);
      b0.intoArray(panel, panelOffset + p * NR);
      b1.intoArray(panel, panelOffset + p * NR + LENGTH);
      at += ldb;
      FloatVector row0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      acc0_0 = row0.fma(b0, acc0_0);
      acc0_1 = row0.fma(b1, acc0_1);
      FloatVector row1 = FloatVector.broadcast(SPECIES, a[aOffset + p + LDA]);
      acc1_0 = row1.fma(b0, acc1_0);
      acc1_1 = row1.fma(b1, acc1_1);
      FloatVector row2 = FloatVector.broadcast(SPECIES, a[aOffset + p + 2 * LDA]);
      acc2_0 = row2.fma(b0, acc2_0);
      acc2_1 = row2.fma(b1, acc2_1);
      FloatVector row3 = FloatVector.broadcast(SPECIES, a[aOffset + p + 3 * LDA]);
      acc3_0 = row3.fma(b0, acc3_0);
      acc3_1 = row3.fma(b1, acc3_1);
      FloatVector row4 = FloatVector.broadcast(SPECIES, a[aOffset + p + 4 * LDA]);
      acc4_0 = row4.fma(b0, acc4_0);
      acc4_1 = row4.fma(b1, acc4_1);
      FloatVector row5 = FloatVector.broadcast(SPECIES, a[aOffset + p + 5 * LDA]);
      acc5_0 = row5.fma(b0, acc5_0);
      acc5_1 = row5.fma(b1, acc5_1);
      FloatVector row6 = FloatVector.broadcast(SPECIES, a[aOffset + p + 6 * LDA]);
      acc6_0 = row6.fma(b0, acc6_0);
      acc6_1 = row6.fma(b1, acc6_1);
      FloatVector row7 = FloatVector.broadcast(SPECIES, a[aOffset + p + 7 * LDA]);
      acc7_0 = row7.fma(b0, acc7_0);
      acc7_1 = row7.fma(b1, acc7_1);
      FloatVector row8 = FloatVector.broadcast(SPECIES, a[aOffset + p + 8 * LDA]);
      acc8_0 = row8.fma(b0, acc8_0);
      acc8_1 = row8.fma(b1, acc8_1);
      FloatVector row9 = FloatVector.broadcast(SPECIES, a[aOffset + p + 9 * LDA]);
      acc9_0 = row9.fma(b0, acc9_0);
      acc9_1 = row9.fma(b1, acc9_1);
      FloatVector row10 = FloatVector.broadcast(SPECIES, a[aOffset + p + 10 * LDA]);
      acc10_0 = row10.fma(b0, acc10_0);
      acc10_1 = row10.fma(b1, acc10_1);
      FloatVector row11 = FloatVector.broadcast(SPECIES, a[aOffset + p + 11 * LDA]);
      acc11_0 = row11.fma(b0, acc11_0);
      acc11_1 = row11.fma(b1, acc11_1);
    }
    int c1 = cOffset + ldc;
    int c2 = c1 + ldc;
    int c3 = c2 + ldc;
    int c4 = c3 + ldc;
    int c5 = c4 + ldc;
    int c6 = c5 + ldc;
    int c7 = c6 + ldc;
    int c8 = c7 + ldc;
    int c9 = c8 + ldc;
    int c10 = c9 + ldc;
    int c11 = c10 + ldc;
    // Written out: a helper that C2 does not inline would box every accumulator.
    if (overwrite) {
      acc0_0.intoArray(c, cOffset);
      acc0_1.intoArray(c, cOffset + LENGTH);
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
      acc8_0.intoArray(c, c8);
      acc8_1.intoArray(c, c8 + LENGTH);
      acc9_0.intoArray(c, c9);
      acc9_1.intoArray(c, c9 + LENGTH);
      acc10_0.intoArray(c, c10);
      acc10_1.intoArray(c, c10 + LENGTH);
      acc11_0.intoArray(c, c11);
      acc11_1.intoArray(c, c11 + LENGTH);
    } else {
      FloatVector.fromArray(SPECIES, c, cOffset).add(acc0_0).intoArray(c, cOffset);
      FloatVector.fromArray(SPECIES, c, cOffset + LENGTH)
          .add(acc0_1)
          .intoArray(c, cOffset + LENGTH);
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
      FloatVector.fromArray(SPECIES, c, c8).add(acc8_0).intoArray(c, c8);
      FloatVector.fromArray(SPECIES, c, c8 + LENGTH).add(acc8_1).intoArray(c, c8 + LENGTH);
      FloatVector.fromArray(SPECIES, c, c9).add(acc9_0).intoArray(c, c9);
      FloatVector.fromArray(SPECIES, c, c9 + LENGTH).add(acc9_1).intoArray(c, c9 + LENGTH);
      FloatVector.fromArray(SPECIES, c, c10).add(acc10_0).intoArray(c, c10);
      FloatVector.fromArray(SPECIES, c, c10 + LENGTH).add(acc10_1).intoArray(c, c10 + LENGTH);
      FloatVector.fromArray(SPECIES, c, c11).add(acc11_0).intoArray(c, c11);
      FloatVector.fromArray(SPECIES, c, c11 + LENGTH).add(acc11_1).intoArray(c, c11 + LENGTH);
    }
  }
}

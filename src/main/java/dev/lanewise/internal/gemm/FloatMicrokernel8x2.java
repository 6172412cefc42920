// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatMicrokernel} for 32 registers, two rows lower than {@link FloatMicrokernel10x2}: 8·2
 * accumulators + 8 broadcasts + 2 vectors of B = 26. The two together make most heights without an
 * empty row.
 */
public final class FloatMicrokernel8x2 implements FloatMicrokernel {
  private static final int MR = 8;
  private static final int KC = Blocking.KC;
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
    // One zero for all: a call of zero() each is what makes C1 run out of registers (JDK 25).
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
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + p * ldb);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + p * ldb + LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      acc0_0 = a0.fma(b0, acc0_0);
      acc0_1 = a0.fma(b1, acc0_1);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aOffset + p + KC]);
      acc1_0 = a1.fma(b0, acc1_0);
      acc1_1 = a1.fma(b1, acc1_1);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aOffset + p + 2 * KC]);
      acc2_0 = a2.fma(b0, acc2_0);
      acc2_1 = a2.fma(b1, acc2_1);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aOffset + p + 3 * KC]);
      acc3_0 = a3.fma(b0, acc3_0);
      acc3_1 = a3.fma(b1, acc3_1);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[aOffset + p + 4 * KC]);
      acc4_0 = a4.fma(b0, acc4_0);
      acc4_1 = a4.fma(b1, acc4_1);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[aOffset + p + 5 * KC]);
      acc5_0 = a5.fma(b0, acc5_0);
      acc5_1 = a5.fma(b1, acc5_1);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[aOffset + p + 6 * KC]);
      acc6_0 = a6.fma(b0, acc6_0);
      acc6_1 = a6.fma(b1, acc6_1);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[aOffset + p + 7 * KC]);
      acc7_0 = a7.fma(b0, acc7_0);
      acc7_1 = a7.fma(b1, acc7_1);
    }
    // Written out: a helper that C2 does not inline would box every accumulator.
    FloatVector.fromArray(SPECIES, d, dOffset).add(acc0_0).intoArray(c, cOffset);
    FloatVector.fromArray(SPECIES, d, dOffset + LENGTH).add(acc0_1).intoArray(c, cOffset + LENGTH);
    int d1 = dOffset + ldd;
    int c1 = cOffset + ldc;
    FloatVector.fromArray(SPECIES, d, d1).add(acc1_0).intoArray(c, c1);
    FloatVector.fromArray(SPECIES, d, d1 + LENGTH).add(acc1_1).intoArray(c, c1 + LENGTH);
    int d2 = d1 + ldd;
    int c2 = c1 + ldc;
    FloatVector.fromArray(SPECIES, d, d2).add(acc2_0).intoArray(c, c2);
    FloatVector.fromArray(SPECIES, d, d2 + LENGTH).add(acc2_1).intoArray(c, c2 + LENGTH);
    int d3 = d2 + ldd;
    int c3 = c2 + ldc;
    FloatVector.fromArray(SPECIES, d, d3).add(acc3_0).intoArray(c, c3);
    FloatVector.fromArray(SPECIES, d, d3 + LENGTH).add(acc3_1).intoArray(c, c3 + LENGTH);
    int d4 = d3 + ldd;
    int c4 = c3 + ldc;
    FloatVector.fromArray(SPECIES, d, d4).add(acc4_0).intoArray(c, c4);
    FloatVector.fromArray(SPECIES, d, d4 + LENGTH).add(acc4_1).intoArray(c, c4 + LENGTH);
    int d5 = d4 + ldd;
    int c5 = c4 + ldc;
    FloatVector.fromArray(SPECIES, d, d5).add(acc5_0).intoArray(c, c5);
    FloatVector.fromArray(SPECIES, d, d5 + LENGTH).add(acc5_1).intoArray(c, c5 + LENGTH);
    int d6 = d5 + ldd;
    int c6 = c5 + ldc;
    FloatVector.fromArray(SPECIES, d, d6).add(acc6_0).intoArray(c, c6);
    FloatVector.fromArray(SPECIES, d, d6 + LENGTH).add(acc6_1).intoArray(c, c6 + LENGTH);
    int d7 = d6 + ldd;
    int c7 = c6 + ldc;
    FloatVector.fromArray(SPECIES, d, d7).add(acc7_0).intoArray(c, c7);
    FloatVector.fromArray(SPECIES, d, d7 + LENGTH).add(acc7_1).intoArray(c, c7 + LENGTH);
  }
}

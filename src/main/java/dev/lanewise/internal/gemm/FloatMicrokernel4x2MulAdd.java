// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;
import static dev.lanewise.internal.simd.FloatSpecies.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@link FloatMicrokernel4x2} for machines without fused multiply-add: product and sum round apart.
 */
public final class FloatMicrokernel4x2MulAdd implements FloatMicrokernel {
  private static final int MR = 4;
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
    for (int p = 0; p < kc; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + p * ldb);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + p * ldb + LENGTH);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
      acc0_0 = a0.mul(b0).add(acc0_0);
      acc0_1 = a0.mul(b1).add(acc0_1);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[aOffset + p + KC]);
      acc1_0 = a1.mul(b0).add(acc1_0);
      acc1_1 = a1.mul(b1).add(acc1_1);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[aOffset + p + 2 * KC]);
      acc2_0 = a2.mul(b0).add(acc2_0);
      acc2_1 = a2.mul(b1).add(acc2_1);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[aOffset + p + 3 * KC]);
      acc3_0 = a3.mul(b0).add(acc3_0);
      acc3_1 = a3.mul(b1).add(acc3_1);
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
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peak;

import dev.lanewise.internal.simd.Machine;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiply-adds of one core in registers, fused where the machine can: GFLOP/s.
 *
 * <p>Each accumulator is a chain of dependent operations, so it takes latency × ports of them to
 * keep the units busy: 8 on current x86, 16 on the widest ARM cores. 24 chains do that wherever
 * there are 32 registers; with 16 registers they would spill, and 12 fit. The faster of the two
 * loops counts, which spares this class from knowing the machine. No two chains start alike, so
 * that no compiler may take one for another.
 */
final class FmaCeiling extends Ceiling {
  static final FmaCeiling INSTANCE = new FmaCeiling();

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int ITERATIONS = 400_000;

  private float sink;

  private FmaCeiling() {}

  @Override
  public String unit() {
    return "GFLOP/s";
  }

  @Override
  double slice() {
    long start = System.nanoTime();
    sink += chains12();
    long between = System.nanoTime();
    sink += chains24();
    long end = System.nanoTime();
    return Math.max(flops(12) / (between - start), flops(24) / (end - between));
  }

  private static double flops(int chains) {
    return 2.0 * chains * SPECIES.length() * ITERATIONS;
  }

  /** It goes to 1 and stays there: no overflow and no denormal, however long it runs. */
  private static FloatVector halve(FloatVector acc, FloatVector half) {
    return Machine.FMA ? acc.fma(half, half) : acc.mul(half).add(half);
  }

  private static float chains12() {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector acc00 = FloatVector.broadcast(SPECIES, 1);
    FloatVector acc01 = acc00.add(1);
    FloatVector acc02 = acc01.add(1);
    FloatVector acc03 = acc02.add(1);
    FloatVector acc04 = acc03.add(1);
    FloatVector acc05 = acc04.add(1);
    FloatVector acc06 = acc05.add(1);
    FloatVector acc07 = acc06.add(1);
    FloatVector acc08 = acc07.add(1);
    FloatVector acc09 = acc08.add(1);
    FloatVector acc10 = acc09.add(1);
    FloatVector acc11 = acc10.add(1);
    for (int i = 0; i < ITERATIONS; i++) {
      acc00 = halve(acc00, half);
      acc01 = halve(acc01, half);
      acc02 = halve(acc02, half);
      acc03 = halve(acc03, half);
      acc04 = halve(acc04, half);
      acc05 = halve(acc05, half);
      acc06 = halve(acc06, half);
      acc07 = halve(acc07, half);
      acc08 = halve(acc08, half);
      acc09 = halve(acc09, half);
      acc10 = halve(acc10, half);
      acc11 = halve(acc11, half);
    }
    return acc00
        .add(acc01)
        .add(acc02)
        .add(acc03)
        .add(acc04)
        .add(acc05)
        .add(acc06)
        .add(acc07)
        .add(acc08)
        .add(acc09)
        .add(acc10)
        .add(acc11)
        .reduceLanes(VectorOperators.ADD);
  }

  private static float chains24() {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector acc00 = FloatVector.broadcast(SPECIES, 1);
    FloatVector acc01 = acc00.add(1);
    FloatVector acc02 = acc01.add(1);
    FloatVector acc03 = acc02.add(1);
    FloatVector acc04 = acc03.add(1);
    FloatVector acc05 = acc04.add(1);
    FloatVector acc06 = acc05.add(1);
    FloatVector acc07 = acc06.add(1);
    FloatVector acc08 = acc07.add(1);
    FloatVector acc09 = acc08.add(1);
    FloatVector acc10 = acc09.add(1);
    FloatVector acc11 = acc10.add(1);
    FloatVector acc12 = acc11.add(1);
    FloatVector acc13 = acc12.add(1);
    FloatVector acc14 = acc13.add(1);
    FloatVector acc15 = acc14.add(1);
    FloatVector acc16 = acc15.add(1);
    FloatVector acc17 = acc16.add(1);
    FloatVector acc18 = acc17.add(1);
    FloatVector acc19 = acc18.add(1);
    FloatVector acc20 = acc19.add(1);
    FloatVector acc21 = acc20.add(1);
    FloatVector acc22 = acc21.add(1);
    FloatVector acc23 = acc22.add(1);
    for (int i = 0; i < ITERATIONS; i++) {
      acc00 = halve(acc00, half);
      acc01 = halve(acc01, half);
      acc02 = halve(acc02, half);
      acc03 = halve(acc03, half);
      acc04 = halve(acc04, half);
      acc05 = halve(acc05, half);
      acc06 = halve(acc06, half);
      acc07 = halve(acc07, half);
      acc08 = halve(acc08, half);
      acc09 = halve(acc09, half);
      acc10 = halve(acc10, half);
      acc11 = halve(acc11, half);
      acc12 = halve(acc12, half);
      acc13 = halve(acc13, half);
      acc14 = halve(acc14, half);
      acc15 = halve(acc15, half);
      acc16 = halve(acc16, half);
      acc17 = halve(acc17, half);
      acc18 = halve(acc18, half);
      acc19 = halve(acc19, half);
      acc20 = halve(acc20, half);
      acc21 = halve(acc21, half);
      acc22 = halve(acc22, half);
      acc23 = halve(acc23, half);
    }
    return acc00
        .add(acc01)
        .add(acc02)
        .add(acc03)
        .add(acc04)
        .add(acc05)
        .add(acc06)
        .add(acc07)
        .add(acc08)
        .add(acc09)
        .add(acc10)
        .add(acc11)
        .add(acc12)
        .add(acc13)
        .add(acc14)
        .add(acc15)
        .add(acc16)
        .add(acc17)
        .add(acc18)
        .add(acc19)
        .add(acc20)
        .add(acc21)
        .add(acc22)
        .add(acc23)
        .reduceLanes(VectorOperators.ADD);
  }
}

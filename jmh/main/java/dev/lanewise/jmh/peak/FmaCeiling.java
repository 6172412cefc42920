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
 * loops counts, which spares this class from knowing the machine.
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

  /** From 1 on it stays at 1: no overflow and no denormal, however long it runs. */
  private static FloatVector halve(FloatVector acc, FloatVector half) {
    return Machine.FMA ? acc.fma(half, half) : acc.mul(half).add(half);
  }

  private static float chains12() {
    FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector start = FloatVector.broadcast(SPECIES, 1);
    FloatVector acc00 = start;
    FloatVector acc01 = start;
    FloatVector acc02 = start;
    FloatVector acc03 = start;
    FloatVector acc04 = start;
    FloatVector acc05 = start;
    FloatVector acc06 = start;
    FloatVector acc07 = start;
    FloatVector acc08 = start;
    FloatVector acc09 = start;
    FloatVector acc10 = start;
    FloatVector acc11 = start;
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
    FloatVector start = FloatVector.broadcast(SPECIES, 1);
    FloatVector acc00 = start;
    FloatVector acc01 = start;
    FloatVector acc02 = start;
    FloatVector acc03 = start;
    FloatVector acc04 = start;
    FloatVector acc05 = start;
    FloatVector acc06 = start;
    FloatVector acc07 = start;
    FloatVector acc08 = start;
    FloatVector acc09 = start;
    FloatVector acc10 = start;
    FloatVector acc11 = start;
    FloatVector acc12 = start;
    FloatVector acc13 = start;
    FloatVector acc14 = start;
    FloatVector acc15 = start;
    FloatVector acc16 = start;
    FloatVector acc17 = start;
    FloatVector acc18 = start;
    FloatVector acc19 = start;
    FloatVector acc20 = start;
    FloatVector acc21 = start;
    FloatVector acc22 = start;
    FloatVector acc23 = start;
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

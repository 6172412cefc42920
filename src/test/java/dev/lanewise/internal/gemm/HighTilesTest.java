// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.conv.WarmUp;
import dev.lanewise.internal.simd.Machine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * High and wide tiles give the same bits: rows for lower tiles and a temporary one, last columns
 * that are dot products, and more rows, columns and terms than are packed at a time.
 */
class HighTilesTest {
  private static final int BATCH = 2;
  private static final int MOST_WARM_UPS = 10;

  @ParameterizedTest
  @CsvSource({
    "25, 33, 70",
    "37, 100, 64",
    "64, 49, 513",
    "8, 20, 9",
    "490, 300, 1100",
    "1230, 290, 600",
    // More of C than stays near, of one block of terms.
    "900, 890, 70",
    // Again an odd number of terms, when vectors have taken over.
    "490, 300, 1101"
  })
  void haveTheBitsOfWideOnes(int m, int n, int k) {
    assumeTrue(Machine.SIMD && Machine.FMA);
    float[] a = random(m * k, 1);
    float[] b = random(BATCH * k * n, 2);
    float[] c = random(BATCH * m * n, 3);
    for (boolean transposed : new boolean[] {false, true}) {
      for (float beta = 0; beta <= 1; beta++) {
        float[] expected = product(FloatMacrokernel.WIDE, m, n, k, transposed, a, b, beta, c);
        float[] actual = product(FloatMacrokernel.high(k), m, n, k, transposed, a, b, beta, c);
        assertArrayEquals(expected, actual);
        assertArrayEquals(
            expected,
            product(FloatMacrokernel.highRowByRow(k), m, n, k, transposed, a, b, beta, c));
        for (Memory memory : Memory.values()) {
          assertArrayEquals(
              expected,
              inSegments(
                  FloatMacrokernel.high(k), memory, memory, m, n, k, transposed, a, b, beta, c));
        }
      }
    }
  }

  /**
   * Blocks of one and of two heights, several of rows and of terms, and a last panel that is not
   * whole.
   */
  @ParameterizedTest
  @CsvSource({"12, 64, 65", "24, 70, 64", "44, 100, 530", "600, 130, 520"})
  void packOnTheWay(int m, int n, int k) {
    assumeTrue(Machine.SIMD && Machine.FMA);
    float[] a = random(m * k, 1);
    float[] b = random(BATCH * k * n, 2);
    float[] c = random(BATCH * m * n, 3);
    assertTrue(loops(FloatMacrokernel.high(k), m, n, k, false).describe().contains("first rows"));
    FloatMacrokernel high = FloatMacrokernel.high(k);
    Runnable calls =
        () -> {
          product(high, m, n, k, false, a, b, 0, c);
          inSegments(high, Memory.NATIVE, Memory.NATIVE, m, n, k, false, a, b, 0, c);
        };
    // One is mostly enough; a busy machine may need more, and one of 16 registers is never asked.
    for (int i = 0; i < MOST_WARM_UPS && !packingHasStarted(); i++) {
      WarmUp.run(calls);
    }
    if (Machine.REGISTERS >= 32) {
      assertTrue(packingHasStarted());
    }
    for (float beta = 0; beta <= 1; beta++) {
      float[] expected = product(FloatMacrokernel.WIDE, m, n, k, false, a, b, beta, c);
      for (FloatMacrokernel tiles : List.of(high, FloatMacrokernel.highRowByRow(k))) {
        assertArrayEquals(expected, product(tiles, m, n, k, false, a, b, beta, c));
        for (Memory ofB : Memory.values()) {
          for (Memory ofC : Memory.values()) {
            assertArrayEquals(expected, inSegments(tiles, ofB, ofC, m, n, k, false, a, b, beta, c));
          }
        }
      }
    }
  }

  /** Once, whatever the blocks of rows, columns and terms. */
  @ParameterizedTest
  @CsvSource({"37, 100, 64", "490, 530, 1100"})
  void beginWithTheBias(int m, int n, int k) {
    assumeTrue(Machine.SIMD && Machine.FMA);
    float[] a = random(m * k, 1);
    float[] b = random(BATCH * k * n, 2);
    float[] bias = random(m, 3);
    float[] biases = new float[BATCH * m * n];
    for (int row = 0; row < BATCH * m; row++) {
      Arrays.fill(biases, row * n, (row + 1) * n, bias[row % m]);
    }
    for (FloatMacrokernel tiles : List.of(FloatMacrokernel.WIDE, FloatMacrokernel.high(k))) {
      float[] expected = product(tiles, m, n, k, false, a, b, 1, biases);
      float[] actual = new float[biases.length];
      Arrays.fill(actual, Float.NaN);
      run(tiles, m, n, k, false, a, b, 0, bias, actual);
      assertArrayEquals(expected, actual);
    }
  }

  private static boolean packingHasStarted() {
    return FloatPackingMicrokernel.HIGH.kernel() != null
        && FloatPackingMicrokernelOfSegment.HIGH.kernel() != null;
  }

  /** Where an operand lies. */
  private enum Memory {
    ARRAY,
    NATIVE,
    BYTES;

    Object of(float[] values, Arena arena) {
      return switch (this) {
        case ARRAY -> values.clone();
        case NATIVE -> arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
        case BYTES -> {
          MemorySegment segment = MemorySegment.ofArray(new byte[values.length * Float.BYTES]);
          yield segment.copyFrom(MemorySegment.ofArray(values));
        }
      };
    }
  }

  private static float[] product(
      FloatMacrokernel macrokernel,
      int m,
      int n,
      int k,
      boolean transposed,
      float[] a,
      float[] b,
      float beta,
      float[] c) {
    float[] result = c.clone();
    run(macrokernel, m, n, k, transposed, a, b, beta, null, result);
    return result;
  }

  private static float[] inSegments(
      FloatMacrokernel macrokernel,
      Memory ofB,
      Memory ofC,
      int m,
      int n,
      int k,
      boolean transposed,
      float[] a,
      float[] b,
      float beta,
      float[] c) {
    try (Arena arena = Arena.ofConfined()) {
      Object result = ofC.of(c, arena);
      Object segment = Memory.NATIVE.of(a, arena);
      run(macrokernel, m, n, k, transposed, segment, ofB.of(b, arena), beta, null, result);
      return result instanceof float[] array
          ? array
          : ((MemorySegment) result).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
  }

  private static void run(
      FloatMacrokernel macrokernel,
      int m,
      int n,
      int k,
      boolean transposed,
      Object a,
      Object b,
      float beta,
      float[] bias,
      Object c) {
    FloatGemmLoops loops = loops(macrokernel, m, n, k, transposed);
    float[] workspace = new float[loops.workspaceFloats()];
    Arrays.fill(workspace, Float.NaN);
    long plane = (long) m * n;
    loops.run(
        BATCH, 0, n, 1, a, 0, b, 0, (long) k * n, beta, bias, 0, c, 0, plane, n, workspace, 0);
  }

  private static FloatGemmLoops loops(
      FloatMacrokernel macrokernel, int m, int n, int k, boolean transposed) {
    FloatPackedRows rows = transposed ? FloatPackedRows.ofTransposed(m) : FloatPackedRows.of(k);
    FloatPanels panels = transposed ? new FloatColumnPanels(k) : new FloatRowPanels(n);
    return new FloatGemmLoops(m, n, k, rows, panels, macrokernel);
  }

  private static float[] random(int count, int seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.start.KernelCopy;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a process computes before its vector kernels are fast has the bits of what comes later. */
class StartingMicrokernelTest {
  private static final int PANELS = 2;
  private static final int TILES = 3;

  /** One tile takes no odd one. */
  private static final int EVEN_DEPTH = 38;

  private static final int WIDTH = 140;

  @Test
  void hasTheBitsOfItsVectorKernel() {
    for (FloatMicrokernel vector :
        List.of(
            new FloatMicrokernel5x4(),
            new FloatMicrokernel5x3(),
            new FloatMicrokernel5x2(),
            new FloatMicrokernel5x1(),
            new FloatMicrokernel4x4(),
            new FloatMicrokernel6x2(),
            new FloatMicrokernel6x1(),
            new FloatMicrokernel12x2(),
            new FloatMicrokernel12x2Pairs(),
            new FloatMicrokernel8x2(),
            new FloatMicrokernel12x1())) {
      assertTrue(FloatStartingMicrokernel.canStart(vector));
      FloatMicrokernel starting = new FloatStartingMicrokernel(vector);
      int depth = EVEN_DEPTH - (vector instanceof FloatMicrokernel12x2Pairs ? 0 : 1);
      assertArrayEquals(result(vector, depth, true), result(starting, depth, true));
      assertArrayEquals(result(vector, depth, false), result(starting, depth, false));
    }
  }

  /** A fresh class of the same code, which only its own package may make. */
  @Test
  void aFreshCopyHasThemToo() {
    FloatMicrokernel vector = new FloatMicrokernel5x4();
    FloatMicrokernel copy = (FloatMicrokernel) KernelCopy.of(vector.getClass());
    assertNotSame(vector.getClass(), copy.getClass());
    assertArrayEquals(result(vector, EVEN_DEPTH, false), result(copy, EVEN_DEPTH, false));
    new FloatStartingMicrokernel(vector).renew();
  }

  private static float[] result(FloatMicrokernel kernel, int depth, boolean overwrite) {
    int rows = TILES * kernel.rows();
    int lda = kernel.onlyLda() > 0 ? kernel.onlyLda() : depth + 1;
    int ldb = kernel.onlyLda() > 0 ? 2 * FloatLanes.LENGTH : WIDTH - 1;
    float[] c = random(rows * WIDTH);
    kernel.accumulate(
        PANELS,
        kernel.columns() + 2,
        TILES,
        depth,
        random(rows * lda),
        1,
        lda,
        random(depth * WIDTH),
        3,
        ldb,
        overwrite,
        c,
        1,
        WIDTH - 1);
    return c;
  }

  private static float[] random(int count) {
    Random random = new Random(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}

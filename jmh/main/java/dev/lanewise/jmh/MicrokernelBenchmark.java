// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.internal.gemm.Blocking;
import dev.lanewise.internal.gemm.FloatMicrokernel;
import dev.lanewise.internal.gemm.FloatMicrokernel12x1;
import dev.lanewise.internal.gemm.FloatMicrokernel12x2;
import dev.lanewise.internal.gemm.FloatMicrokernel12x2Pairs;
import dev.lanewise.internal.gemm.FloatMicrokernel4x2MulAdd;
import dev.lanewise.internal.gemm.FloatMicrokernel4x4;
import dev.lanewise.internal.gemm.FloatMicrokernel5x1;
import dev.lanewise.internal.gemm.FloatMicrokernel5x2;
import dev.lanewise.internal.gemm.FloatMicrokernel5x3;
import dev.lanewise.internal.gemm.FloatMicrokernel5x4;
import dev.lanewise.internal.gemm.FloatMicrokernel6x1;
import dev.lanewise.internal.gemm.FloatMicrokernel6x2;
import dev.lanewise.internal.gemm.FloatMicrokernel8x2;
import dev.lanewise.internal.gemm.FloatMicrokernelScalar;
import dev.lanewise.jmh.naive.NaiveMicrokernel;
import dev.lanewise.jmh.peak.Work;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/**
 * The microkernels, each on two micropanels that stay in the first two caches: how much of the FMA
 * rate a tile can reach at all. Those made for another machine run too, only slower.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MicrokernelBenchmark extends OperatorBenchmark {
  /** The tiles, as rows by vectors. */
  public enum Tile {
    T5X4(FloatMicrokernel5x4::new),
    T5X3(FloatMicrokernel5x3::new),
    T5X2(FloatMicrokernel5x2::new),
    T5X1(FloatMicrokernel5x1::new),
    T4X4(FloatMicrokernel4x4::new),
    T12X2(FloatMicrokernel12x2::new),
    T12X2_PAIRS(FloatMicrokernel12x2Pairs::new),
    T8X2(FloatMicrokernel8x2::new),
    T12X1(FloatMicrokernel12x1::new),
    T6X2(FloatMicrokernel6x2::new),
    T6X1(FloatMicrokernel6x1::new),
    T4X2_MUL_ADD(FloatMicrokernel4x2MulAdd::new),
    SCALAR(FloatMicrokernelScalar::new);

    private final Supplier<FloatMicrokernel> factory;

    Tile(Supplier<FloatMicrokernel> factory) {
      this.factory = factory;
    }
  }

  @Param public Tile tile;

  /** The depth of the micropanels, at most {@link Blocking#KC}; even for pairs. */
  @Param("256")
  public int kc;

  @Override
  Contest contest() {
    FloatMicrokernel kernel = tile.factory.get();
    int rows = kernel.rows();
    int columns = kernel.columns();
    Operands operands = new Operands();
    int lda = kernel.onlyLda() > 0 ? kernel.onlyLda() : Blocking.KC;
    float[] a = operands.next((long) rows * lda);
    float[] b = operands.next((long) kc * columns);
    float[] c = new float[rows * columns];
    return new Contest(
        Work.multiplyAdds((long) rows * columns * kc),
        c,
        () -> kernel.accumulate(1, 0, 1, kc, a, 0, lda, b, 0, columns, false, c, 0, columns),
        () -> NaiveMicrokernel.accumulate(rows, columns, kc, a, lda, b, c));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.internal.gemm.Blocking;
import dev.lanewise.internal.gemm.FloatMicrokernel;
import dev.lanewise.internal.gemm.FloatMicrokernel10x1;
import dev.lanewise.internal.gemm.FloatMicrokernel10x2;
import dev.lanewise.internal.gemm.FloatMicrokernel4x2;
import dev.lanewise.internal.gemm.FloatMicrokernel4x2MulAdd;
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
    T10X2(FloatMicrokernel10x2::new),
    T8X2(FloatMicrokernel8x2::new),
    T10X1(FloatMicrokernel10x1::new),
    T4X2(FloatMicrokernel4x2::new),
    T4X2_MUL_ADD(FloatMicrokernel4x2MulAdd::new),
    SCALAR(FloatMicrokernelScalar::new);

    private final Supplier<FloatMicrokernel> factory;

    Tile(Supplier<FloatMicrokernel> factory) {
      this.factory = factory;
    }
  }

  @Param public Tile tile;

  /** The depth of the micropanels, at most {@link Blocking#KC}. */
  @Param("256")
  public int kc;

  @Override
  Contest contest() {
    FloatMicrokernel kernel = tile.factory.get();
    int rows = kernel.rows();
    int columns = kernel.columns();
    Operands operands = new Operands();
    float[] a = operands.next((long) rows * Blocking.KC);
    float[] b = operands.next((long) kc * columns);
    float[] c = new float[rows * columns];
    return new Contest(
        Work.multiplyAdds((long) rows * columns * kc),
        c,
        () -> kernel.accumulate(kc, a, 0, b, 0, columns, c, 0, columns, c, 0, columns),
        () -> NaiveMicrokernel.accumulate(rows, columns, kc, a, Blocking.KC, b, c));
  }
}

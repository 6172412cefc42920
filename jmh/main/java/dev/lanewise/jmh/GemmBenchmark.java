// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.gemm.Gemm;
import dev.lanewise.jmh.naive.NaiveGemm;
import dev.lanewise.jmh.peak.Work;
import dev.lanewise.jmh.shapes.GemmShape;
import org.openjdk.jmh.annotations.Param;

/** {@link Gemm}, C = A · B: squares, and the products that ResNet and MNIST layers come to. */
public class GemmBenchmark extends OperatorBenchmark {
  /** m×n×k, any sizes; {@link Main} fills in those of {@link GemmShape#usual()}. */
  @Param({})
  public String gemm;

  @Override
  Contest contest() {
    GemmShape shape = GemmShape.parse(gemm);
    int m = shape.m();
    int n = shape.n();
    int k = shape.k();
    Gemm product = Gemm.of(m, n, k).build();
    Operands operands = new Operands();
    float[] a = operands.next((long) m * k);
    float[] b = operands.next((long) k * n);
    float[] c = operands.next((long) m * n);
    float[] workspace = new float[product.workspaceFloats()];
    return new Contest(
        Work.multiplyAdds((long) m * n * k),
        c,
        () -> product.multiply(1, a, b, 0, c, workspace),
        () -> NaiveGemm.multiply(m, n, k, a, b, c));
  }
}

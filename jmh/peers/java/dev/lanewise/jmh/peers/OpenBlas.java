// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import dev.lanewise.jmh.contenders.Contender;
import dev.lanewise.jmh.contenders.Entry;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Problem;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.GemmShape;
import org.bytedeco.javacpp.FloatPointer;

/** OpenBLAS's sgemm on native memory. */
final class OpenBlas implements Contender {
  @Override
  public boolean canSolve(Task task) {
    return task.operator() == Operator.GEMM;
  }

  @Override
  public Entry enter(Problem problem) {
    return new Product(
        problem.task().product(),
        new FloatPointer(problem.input()),
        new FloatPointer(problem.weight()),
        new FloatPointer(problem.output()));
  }

  private record Product(GemmShape sizes, FloatPointer a, FloatPointer b, FloatPointer c)
      implements Entry {
    @Override
    public void run() {
      cblas_sgemm(
          CblasRowMajor,
          CblasNoTrans,
          CblasNoTrans,
          sizes.m(),
          sizes.n(),
          sizes.k(),
          1,
          a,
          sizes.k(),
          b,
          sizes.n(),
          0,
          c,
          sizes.n());
    }

    @Override
    public float[] result() {
      float[] values = new float[sizes.m() * sizes.n()];
      c.get(values);
      return values;
    }
  }
}

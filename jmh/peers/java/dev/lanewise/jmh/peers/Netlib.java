// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.contenders.Contender;
import dev.lanewise.jmh.contenders.Entry;
import dev.lanewise.jmh.contenders.JavaEntry;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Problem;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.GemmShape;
import dev.ludovic.netlib.blas.JavaBLAS;

/** netlib's sgemm on the Vector API, one thread only. */
final class Netlib implements Contender {
  /** More than this takes some seconds a call. */
  private static final long MOST_MULTIPLY_ADDS = 2_000_000_000;

  private final JavaBLAS blas = JavaBLAS.getInstance();

  @Override
  public boolean canSolve(Task task) {
    return task.operator() == Operator.GEMM && task.multiplyAdds() <= MOST_MULTIPLY_ADDS;
  }

  /** BLAS is column major: it is asked for the transposes, Cᵀ = Bᵀ·Aᵀ. */
  @Override
  public Entry enter(Problem problem) {
    GemmShape sizes = problem.task().product();
    int m = sizes.m();
    int n = sizes.n();
    int k = sizes.k();
    float[] a = problem.input();
    float[] b = problem.weight();
    float[] c = problem.output();
    return new JavaEntry(() -> blas.sgemm("N", "N", n, m, k, 1, b, n, a, k, 0, c, n), c);
  }
}

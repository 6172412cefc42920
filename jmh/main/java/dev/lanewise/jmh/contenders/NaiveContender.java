// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.jmh.naive.NaiveConvolution;
import dev.lanewise.jmh.naive.NaiveGemm;
import dev.lanewise.jmh.shapes.GemmShape;

/** The textbook's loops: what a Java program without a library would run. */
final class NaiveContender implements Contender {
  private final long mostMultiplyAdds;

  /** Loops that solve nothing larger. */
  NaiveContender(long mostMultiplyAdds) {
    this.mostMultiplyAdds = mostMultiplyAdds;
  }

  @Override
  public boolean canSolve(Task task) {
    return task.multiplyAdds() <= mostMultiplyAdds;
  }

  @Override
  public Entry enter(Problem problem) {
    Runnable call =
        switch (problem.task().operator()) {
          case CONV2D -> conv2d(problem);
          case CONV_TRANSPOSE2D -> convTranspose2d(problem);
          case GEMM -> gemm(problem);
        };
    return new JavaEntry(call, problem.result());
  }

  private static Runnable conv2d(Problem problem) {
    float[] input = problem.input();
    float[] weight = problem.weight();
    float[] output = problem.output();
    NaiveConvolution loops = new NaiveConvolution(problem.task().layer().conv2d());
    return switch (problem.task().pass()) {
      case FORWARD -> () -> loops.forward(input, weight, output);
      case BACKWARD_INPUT -> () -> loops.backwardInput(output, weight, input);
      case BACKWARD_WEIGHT -> () -> loops.backwardWeight(input, output, weight);
    };
  }

  private static Runnable convTranspose2d(Problem problem) {
    float[] input = problem.input();
    float[] weight = problem.weight();
    float[] output = problem.output();
    NaiveConvolution loops = NaiveConvolution.adjointOf(problem.task().layer().convTranspose2d());
    return switch (problem.task().pass()) {
      case FORWARD -> () -> loops.backwardInput(input, weight, output);
      case BACKWARD_INPUT -> () -> loops.forward(output, weight, input);
      case BACKWARD_WEIGHT -> () -> loops.backwardWeight(output, input, weight);
    };
  }

  private static Runnable gemm(Problem problem) {
    GemmShape sizes = problem.task().product();
    return () ->
        NaiveGemm.multiply(
            sizes.m(), sizes.n(), sizes.k(), problem.input(), problem.weight(), problem.output());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.jmh.shapes.GemmShape;

/** Lanewise on {@code float[]} operands. */
final class LanewiseContender implements Contender {
  @Override
  public boolean canSolve(Task task) {
    return true;
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
    Conv2d conv = Conv2d.of(problem.task().layer().conv2d()).build();
    float[] workspace = new float[conv.workspaceFloats()];
    return switch (problem.task().pass()) {
      case FORWARD -> () -> conv.forward(input, weight, null, output, workspace);
      case BACKWARD_INPUT -> () -> conv.backwardInput(output, weight, input, workspace);
      case BACKWARD_WEIGHT ->
          () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
    };
  }

  private static Runnable convTranspose2d(Problem problem) {
    float[] input = problem.input();
    float[] weight = problem.weight();
    float[] output = problem.output();
    ConvTranspose2d conv = ConvTranspose2d.of(problem.task().layer().convTranspose2d()).build();
    float[] workspace = new float[conv.workspaceFloats()];
    return switch (problem.task().pass()) {
      case FORWARD -> () -> conv.forward(input, weight, null, output, workspace);
      case BACKWARD_INPUT -> () -> conv.backwardInput(output, weight, input, workspace);
      case BACKWARD_WEIGHT ->
          () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
    };
  }

  private static Runnable gemm(Problem problem) {
    GemmShape sizes = problem.task().product();
    Gemm product = Gemm.of(sizes.m(), sizes.n(), sizes.k()).build();
    float[] workspace = new float[product.workspaceFloats()];
    return () ->
        product.multiply(1, problem.input(), problem.weight(), 0, problem.output(), workspace);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.PackedWeight;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.jmh.Pass;
import dev.lanewise.jmh.shapes.ConvolutionShape;

/** Lanewise on {@code float[]} operands; weights are packed beforehand. */
final class LanewiseContender implements Contender {
  private final Arithmetic arithmetic;
  private final LanewisePlans plans;

  LanewiseContender(Arithmetic arithmetic, int threads) {
    this.arithmetic = arithmetic;
    this.plans = new LanewisePlans(arithmetic, threads);
  }

  @Override
  public boolean canSolve(Task task) {
    return arithmetic == Arithmetic.EXACT_SUM || fastDiffers(task);
  }

  /** Winograd's convolution is for 3×3 kernels that visit every position. */
  private static boolean fastDiffers(Task task) {
    if (task.operator() != Operator.CONV2D || task.pass() == Pass.BACKWARD_WEIGHT) {
      return false;
    }
    ConvolutionShape layer = task.layer();
    return layer.kernelHeight() == 3
        && layer.kernelWidth() == 3
        && layer.stride() == 1
        && layer.dilation() == 1
        && layer.groups() == 1;
  }

  @Override
  public boolean exact() {
    return arithmetic == Arithmetic.EXACT_SUM;
  }

  @Override
  public Entry enter(Problem problem) {
    Runnable call =
        switch (problem.task().operator()) {
          case CONV2D -> conv2d(problem);
          case CONV_TRANSPOSE2D -> convTranspose2d(problem);
          case GEMM -> product(problem);
        };
    return new JavaEntry(call, problem.result());
  }

  private Runnable conv2d(Problem problem) {
    float[] input = problem.input();
    float[] weight = problem.weight();
    float[] output = problem.output();
    Conv2d conv = plans.conv2d(problem.task());
    float[] workspace = new float[conv.workspaceFloats()];
    return switch (problem.task().pass()) {
      case FORWARD -> {
        PackedWeight packed = conv.pack(weight);
        yield () -> conv.forward(input, packed, null, null, output, workspace);
      }
      case BACKWARD_INPUT -> {
        PackedWeight packed = conv.packForBackwardInput(weight);
        yield () -> conv.backwardInput(output, packed, input, workspace);
      }
      case BACKWARD_WEIGHT ->
          () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
    };
  }

  private Runnable convTranspose2d(Problem problem) {
    float[] input = problem.input();
    float[] weight = problem.weight();
    float[] output = problem.output();
    ConvTranspose2d conv = plans.convTranspose2d(problem.task());
    float[] workspace = new float[conv.workspaceFloats()];
    return switch (problem.task().pass()) {
      case FORWARD -> {
        PackedWeight packed = conv.pack(weight);
        yield () -> conv.forward(input, packed, null, null, output, workspace);
      }
      case BACKWARD_INPUT -> {
        PackedWeight packed = conv.packForBackwardInput(weight);
        yield () -> conv.backwardInput(output, packed, input, workspace);
      }
      case BACKWARD_WEIGHT ->
          () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
    };
  }

  private static Runnable product(Problem problem) {
    Gemm product = LanewisePlans.product(problem.task());
    float[] workspace = new float[product.workspaceFloats()];
    return () ->
        product.multiply(1, problem.input(), problem.weight(), 0, problem.output(), workspace);
  }
}

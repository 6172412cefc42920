// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.conv.GradientMode;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConvolution;

/** The passes of a Lanewise convolution, of either type and precision, on arrays of double. */
final class TestedConvolution {
  private final ReferenceConvolution sizes;
  private final Precision precision;
  private final Object operator;
  private final int workspace;

  TestedConvolution(ReferenceConvolution sizes, Precision precision) {
    this(sizes, precision, Operators.of(sizes, precision));
  }

  /** An operator whose sizes are those of a reference, however it was described. */
  TestedConvolution(ReferenceConvolution sizes, Precision precision, Object operator) {
    this.sizes = sizes;
    this.precision = precision;
    this.operator = operator;
    this.workspace = Operators.workspace(operator);
  }

  double[] forward(Layout layout, double[] input, double[] weight, double[] bias) {
    return new Call(operator, "forward", precision, layout)
        .input(input)
        .input(weight)
        .input(bias)
        .output(sizes.outputElements())
        .workspace(workspace)
        .run();
  }

  /** With a weight packed beforehand and, unless it is null, a residual. */
  double[] forwardPacked(
      Layout layout, double[] input, double[] weight, double[] bias, double[] residual) {
    return new Call(operator, "forward", precision, layout)
        .input(input)
        .packed(Operators.pack(operator, layout, weight))
        .input(bias)
        .input(residual)
        .output(sizes.outputElements())
        .workspace(workspace)
        .run();
  }

  double[] backwardInput(Layout layout, double[] gradOutput, double[] weight) {
    return new Call(operator, "backwardInput", precision, layout)
        .input(gradOutput)
        .input(weight)
        .output(sizes.inputElements())
        .workspace(workspace)
        .run();
  }

  /** With a weight packed beforehand. */
  double[] backwardInputPacked(Layout layout, double[] gradOutput, double[] weight) {
    return new Call(operator, "backwardInput", precision, layout)
        .input(gradOutput)
        .packed(Operators.packForBackwardInput(operator, layout, weight))
        .output(sizes.inputElements())
        .workspace(workspace)
        .run();
  }

  double[] backwardWeight(Layout layout, double[] input, double[] gradOutput) {
    return new Call(operator, "backwardWeight", precision, layout)
        .input(input)
        .input(gradOutput)
        .output(sizes.weightElements())
        .option(GradientMode.OVERWRITE)
        .workspace(workspace)
        .run();
  }

  /** Adds to an old gradient. */
  double[] backwardWeight(
      Layout layout, double[] input, double[] gradOutput, double[] oldGradient) {
    return new Call(operator, "backwardWeight", precision, layout)
        .input(input)
        .input(gradOutput)
        .output(oldGradient)
        .option(GradientMode.ACCUMULATE)
        .workspace(workspace)
        .run();
  }

  double[] backwardBias(Layout layout, double[] gradOutput) {
    return new Call(operator, "backwardBias", precision, layout)
        .input(gradOutput)
        .output(sizes.biasElements())
        .option(GradientMode.OVERWRITE)
        .run();
  }

  /** Adds to an old gradient. */
  double[] backwardBias(Layout layout, double[] gradOutput, double[] oldGradient) {
    return new Call(operator, "backwardBias", precision, layout)
        .input(gradOutput)
        .output(oldGradient)
        .option(GradientMode.ACCUMULATE)
        .run();
  }
}

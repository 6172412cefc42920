// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.PackedWeight;
import java.util.List;

/** A convolution with parameters that stay, and what it took over. */
final class FloatFusedStep extends FloatStep {
  private final Forward forward;
  private final PackedWeight weight;
  private final float[] bias;
  private final int workspaceFloats;
  private final String explanation;

  /** The forward of a plan of either kind. */
  interface Forward {
    void run(
        float[] input,
        PackedWeight weight,
        float[] bias,
        float[] residual,
        float[] output,
        float[] workspace);
  }

  /**
   * @param bias may be null
   * @param explanation what the plan says of itself
   */
  FloatFusedStep(
      Tensor output,
      Forward forward,
      PackedWeight weight,
      float[] bias,
      int workspaceFloats,
      String explanation) {
    super(output);
    this.forward = forward;
    this.weight = weight;
    this.bias = bias;
    this.workspaceFloats = workspaceFloats;
    this.explanation = explanation;
  }

  @Override
  void run(Tensor input, float[] workspace) {
    forward.run(input.data, weight, bias, null, output().data, workspace);
  }

  @Override
  int workspaceFloats() {
    return workspaceFloats;
  }

  /** The forward alone: nothing else will be run. */
  @Override
  List<String> algorithms() {
    return OperatorText.algorithms(explanation).subList(0, 1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * A layer at one input shape: what it computes, the tensors that it computes into, and the input
 * that it saw last.
 */
abstract class FloatPass {
  private final Tensor output;
  private Tensor input;

  /** Null until the first backward that asks for it. */
  private Tensor gradInput;

  FloatPass(int[] outputShape) {
    this.output = Tensor.zeros(outputShape);
  }

  /** The scratch memory that each of the three below needs at most. */
  int workspaceFloats() {
    return 0;
  }

  /** Overwrites {@link #output}. */
  abstract void forward(float[] workspace);

  /** Overwrites {@link #gradInput}. */
  abstract void backwardInput(float[] gradOutput, float[] workspace);

  /** Adds to the parameters' gradients. */
  void backwardParameters(float[] gradOutput, float[] workspace) {}

  /** Products in the sums of one forward. */
  long multiplyAdds() {
    return 0;
  }

  /** What was chosen for each pass, in words. */
  List<String> algorithms() {
    return List.of();
  }

  final float[] input() {
    return input.data;
  }

  final float[] output() {
    return output.data;
  }

  final float[] gradInput() {
    return gradInput.data;
  }

  final Tensor forward(Tensor input, float[] workspace) {
    this.input = input;
    forward(workspace);
    return output;
  }

  final Tensor backwardInput(Tensor gradOutput, float[] workspace) {
    if (gradInput == null) {
      gradInput = Tensor.zeros(input.shape);
    }
    backwardInput(gradOutput.data, workspace);
    return gradInput;
  }

  final Tensor outputTensor() {
    return output;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/** A layer's forward as it is in the layer. */
final class FloatPassStep extends FloatStep {
  private final FloatPass pass;

  FloatPassStep(FloatPass pass) {
    super(pass.outputTensor());
    this.pass = pass;
  }

  @Override
  void run(Tensor input, float[] workspace) {
    pass.forward(input, workspace);
  }

  @Override
  int workspaceFloats() {
    return pass.workspaceFloats();
  }

  @Override
  List<String> algorithms() {
    return pass.algorithms();
  }
}

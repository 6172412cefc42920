// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Upsampling2x2;
import java.util.List;

/** A {@link NearestUpsampling} by two along both axes, which has an operator. */
final class FloatDoubling extends FloatPass {
  private final Upsampling2x2 plan;

  FloatDoubling(int[] outputShape, int planes, int height, int width) {
    super(outputShape);
    this.plan = Upsampling2x2.of(planes, height, width);
  }

  @Override
  List<String> algorithms() {
    return List.of("each row doubled once and copied");
  }

  @Override
  void forward(float[] workspace) {
    plan.forward(input(), output());
  }

  @Override
  void backwardInput(float[] gradOutput, float[] workspace) {
    plan.backward(gradOutput, gradInput());
  }
}

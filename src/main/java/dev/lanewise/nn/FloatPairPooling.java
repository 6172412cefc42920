// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.MaxPooling2x2;
import java.util.List;

/** A {@link MaxPool2d} of windows of 2×2 that lie side by side, which have an operator. */
final class FloatPairPooling extends FloatPass {
  private final MaxPooling2x2 plan;

  FloatPairPooling(PoolShape shape, int[] outputShape) {
    super(outputShape);
    this.plan = MaxPooling2x2.of(shape.planes(), shape.height(), shape.width());
  }

  @Override
  List<String> algorithms() {
    return List.of("row against row, then column against column");
  }

  @Override
  void forward(float[] workspace) {
    plan.forward(input(), output());
  }

  @Override
  void backwardInput(float[] gradOutput, float[] workspace) {
    plan.backward(input(), output(), gradOutput, gradInput());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;
import java.util.List;

/**
 * Gives every image of a batch the shape of a vector: N×C×H×W becomes N×(C·H·W), and so does any
 * input with a batch axis, for a {@link Linear} to follow.
 */
public final class Flatten extends FloatPlannedLayer {

  /** A layer with nothing computed yet. */
  public Flatten() {
    super(List.of());
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    if (inputShape.length == 0) {
      throw new IllegalArgumentException("flatten needs a batch axis, but got input of size: []");
    }
    int features = 1;
    for (int axis = 1; axis < inputShape.length; axis++) {
      if (Math.multiplyFull(features, inputShape[axis]) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "flatten: an axis cannot hold the elements of " + Arrays.toString(inputShape));
      }
      features *= inputShape[axis];
    }
    return new Pass(inputShape[0], features);
  }

  private static final class Pass extends FloatPass {
    Pass(int batch, int features) {
      super(new int[] {batch, features});
    }

    @Override
    void forward(float[] workspace) {
      System.arraycopy(input(), 0, output(), 0, output().length);
    }

    @Override
    void backwardInput(float[] gradOutput, float[] workspace) {
      System.arraycopy(gradOutput, 0, gradInput(), 0, gradOutput.length);
    }
  }
}

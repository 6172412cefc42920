// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ForwardOnlyTest {
  private static final Conv2dGeometry GEOMETRY =
      Conv2dGeometry.input(2, 9, 9).kernel(3, 3, 3).padding(Padding.of(1));

  private static final ConvTranspose2dGeometry TRANSPOSED =
      ConvTranspose2dGeometry.input(2, 9, 9).kernel(3, 3, 3).stride(2, 2);

  private static float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 7 - 3;
    }
    return numbers;
  }

  @Test
  void theForwardIsThatOfAWholePlan() {
    sameForward(Conv2d.of(GEOMETRY).build(), Conv2d.of(GEOMETRY).forwardOnly().build());
    sameForward(
        ConvTranspose2d.of(TRANSPOSED).build(),
        ConvTranspose2d.of(TRANSPOSED).forwardOnly().build());
  }

  private static void sameForward(FloatConvolution whole, FloatConvolution forward) {
    float[] input = numbers(2 * 9 * 9);
    float[] weight = numbers(2 * 3 * 3 * 3);
    int size = forward instanceof Conv2d ? 9 : 19;
    float[] wholeOutput = new float[3 * size * size];
    float[] forwardOutput = new float[wholeOutput.length];
    whole.forward(input, weight, null, wholeOutput, new float[whole.workspaceFloats()]);
    forward.forward(input, weight, null, forwardOutput, new float[forward.workspaceFloats()]);
    assertArrayEquals(wholeOutput, forwardOutput);
    assertTrue(forward.workspaceFloats() <= whole.workspaceFloats());
  }

  @Test
  void thereAreNoGradients() {
    Conv2d plan = Conv2d.of(GEOMETRY).forwardOnly().build();
    float[] image = new float[2 * 9 * 9];
    float[] weight = new float[2 * 3 * 3 * 3];
    float[] output = new float[3 * 9 * 9];
    float[] workspace = new float[plan.workspaceFloats()];
    assertThrows(
        IllegalStateException.class, () -> plan.backwardInput(output, weight, image, workspace));
    assertThrows(
        IllegalStateException.class,
        () -> plan.backwardWeight(image, output, weight, GradientMode.OVERWRITE, workspace));
    assertThrows(IllegalStateException.class, () -> plan.packForBackwardInput(weight));
    assertThrows(IllegalStateException.class, plan::warmUpBackward);
    PackedWeight packed = plan.pack(weight);
    assertThrows(
        IllegalStateException.class, () -> plan.backwardInput(output, packed, image, workspace));
    plan.backwardBias(output, new float[3], GradientMode.OVERWRITE);
    ConvTranspose2d transposed = ConvTranspose2d.of(TRANSPOSED).forwardOnly().build();
    assertThrows(IllegalStateException.class, () -> transposed.packForBackwardInput(weight));
    assertThrows(IllegalStateException.class, transposed::warmUpBackward);
  }

  @Test
  void itSaysOnlyWhatItHas() {
    String text = Conv2d.of(GEOMETRY).forwardOnly().build().explain();
    assertTrue(text.contains("\nforward: "), text);
    assertFalse(text.contains("backward"), text);
    assertTrue(Conv2d.of(GEOMETRY).build().explain().contains("\nbackwardInput: "));
  }
}

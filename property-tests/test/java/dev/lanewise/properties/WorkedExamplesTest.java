// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.Padding;
import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceData;
import dev.lanewise.reference.ReferenceWindow;
import org.junit.jupiter.api.Test;

/** Examples that others have worked out, on the library and on the reference. */
class WorkedExamplesTest {
  private static final double[] KERNEL = {0, 1, 2, 3};

  /** The patch (3, 4, 6, 7) of a 3×3 image gives 3·0 + 4·1 + 6·2 + 7·3 = 37. */
  @Test
  void convolutionOfNineNumbers() {
    double[] image = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    double[] expected = {19, 25, 37, 43};
    ReferenceConv2d reference = new ReferenceConv2d(1, 1, 3, 3, 1, ReferenceWindow.of(2, 2), 1);
    assertArrayEquals(expected, reference.forward(image, KERNEL, null));

    Conv2d conv = Conv2d.of(Conv2dGeometry.input(1, 3, 3).kernel(1, 2, 2)).build();
    float[] output = new float[4];
    conv.forward(floats(image), floats(KERNEL), null, output, new float[conv.workspaceFloats()]);
    assertArrayEquals(floats(expected), output);
  }

  /** Four input elements reach the middle of the output: 0·3 + 1·2 + 2·1 + 3·0 = 4. */
  @Test
  void transposedConvolutionOfFourNumbers() {
    double[] input = {0, 1, 2, 3};
    double[] expected = {0, 0, 1, 0, 4, 6, 4, 12, 9};
    ReferenceConvTranspose2d reference =
        new ReferenceConvTranspose2d(1, 1, 2, 2, 1, ReferenceWindow.of(2, 2), 0, 0, 1);
    assertArrayEquals(expected, reference.forward(input, KERNEL, null));

    ConvTranspose2d conv =
        ConvTranspose2d.of(ConvTranspose2dGeometry.input(1, 2, 2).kernel(1, 2, 2)).build();
    float[] output = new float[9];
    conv.forward(floats(input), floats(KERNEL), null, output, new float[conv.workspaceFloats()]);
    assertArrayEquals(floats(expected), output);
  }

  /**
   * A 28×28 digit under a padded 3×3 kernel unfolds to 9×784. The gradient of the kernel is the
   * 1×784 gradient of the output times the transposed columns, 1×9; that of the columns is the
   * transposed kernel times the gradient of the output, 9×784.
   */
  @Test
  void gradientsThroughTheUnfoldedImage() {
    UnfoldGeometry geometry = UnfoldGeometry.image(1, 28, 28).kernel(3, 3).padding(1);
    assertEquals(9 * 784, geometry.columnElements());

    ReferenceData data = new ReferenceData(1, Precision.FLOAT);
    float[] image = floats(data.integers(784, 9));
    float[] kernel = floats(data.integers(9, 9));
    float[] gradOutput = floats(data.integers(784, 9));

    Unfold unfold = Unfold.of(geometry);
    float[] columns = new float[9 * 784];
    unfold.forward(image, columns);
    float[] gradKernel = new float[9];
    multiply(Gemm.of(1, 9, 784).transposeB().build(), gradOutput, columns, gradKernel);
    float[] gradColumns = new float[9 * 784];
    multiply(Gemm.of(9, 784, 1).transposeA().build(), kernel, gradOutput, gradColumns);
    float[] gradImage = new float[784];
    unfold.backward(gradColumns, gradImage);

    Conv2d conv = Conv2d.of(Conv2dGeometry.input(1, 28, 28).kernel(1, 3, 3).padding(1)).build();
    float[] workspace = new float[conv.workspaceFloats()];
    float[] gradWeight = new float[9];
    conv.backwardWeight(image, gradOutput, gradWeight, GradientMode.OVERWRITE, workspace);
    assertArrayEquals(gradKernel, gradWeight);
    float[] gradInput = new float[784];
    conv.backwardInput(gradOutput, kernel, gradInput, workspace);
    assertArrayEquals(gradImage, gradInput);
  }

  /** Padding need not be of zeros: one pixel of 1 within a frame of 5s. */
  @Test
  void paddingValue() {
    Conv2d conv =
        Conv2d.of(Conv2dGeometry.input(1, 1, 1).kernel(1, 3, 3).padding(Padding.of(1).value(5)))
            .build();
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    float[] output = new float[1];
    conv.forward(new float[] {1}, ones, null, output, new float[conv.workspaceFloats()]);
    assertArrayEquals(new float[] {41}, output);
  }

  private static void multiply(Gemm gemm, float[] a, float[] b, float[] c) {
    gemm.multiply(1, a, b, 0, c, new float[gemm.workspaceFloats()]);
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }
}

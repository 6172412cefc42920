// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.naive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.Padding;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NaiveConvolutionTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void forwardOfAnExampleWorkedByHand() {
    float[] output = new float[4];
    new NaiveConvolution(Conv2dGeometry.input(1, 3, 3).kernel(1, 2, 2))
        .forward(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, new float[] {0, 1, 2, 3}, output);
    assertArrayEquals(new float[] {19, 25, 37, 43}, output);
  }

  @Test
  void transposedOfAnExampleWorkedByHand() {
    float[] output = new float[9];
    NaiveConvolution.adjointOf(ConvTranspose2dGeometry.input(1, 2, 2).kernel(1, 2, 2))
        .backwardInput(new float[] {0, 1, 2, 3}, new float[] {0, 1, 2, 3}, output);
    assertArrayEquals(new float[] {0, 0, 1, 0, 4, 6, 4, 12, 9}, output);
  }

  @Test
  void bothGradientsAreAdjointToForward() {
    Conv2dGeometry geometry =
        Conv2dGeometry.input(2, 4, 7, 9)
            .kernel(6, 3, 2)
            .stride(2, 1)
            .padding(Padding.of(2, 1, 1, 0))
            .dilation(1, 2)
            .groups(2);
    NaiveConvolution convolution = new NaiveConvolution(geometry);
    float[] input = integers(geometry.inputElements());
    float[] weight = integers(geometry.weightElements());
    float[] gradOutput = integers(geometry.outputElements());
    float[] output = new float[gradOutput.length];
    float[] gradInput = new float[input.length];
    float[] gradWeight = new float[weight.length];

    convolution.forward(input, weight, output);
    convolution.backwardInput(gradOutput, weight, gradInput);
    convolution.backwardWeight(input, gradOutput, gradWeight);

    double product = dot(output, gradOutput);
    assertEquals(product, dot(input, gradInput));
    assertEquals(product, dot(weight, gradWeight));
  }

  private float[] integers(long elements) {
    float[] values = new float[(int) elements];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-3, 4);
    }
    return values;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}

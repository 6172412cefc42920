// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceConvolution;
import dev.lanewise.reference.ReferenceWindow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before and after its warm-up a plan gives the same bits; an empty batch can be warmed up. */
class WarmUpTest {
  private static final ReferenceWindow WINDOW = ReferenceWindow.of(3, 3).padding(1, 1, 1, 1);

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void ofAConvolution(int batch) {
    ReferenceConv2d sizes = new ReferenceConv2d(batch, 5, 13, 11, 7, WINDOW, 1);
    Conv2d plan = (Conv2d) Operators.of(sizes, Precision.FLOAT);
    requireSameBitsAfter(sizes, plan, plan::warmUp);
    requireSameBitsAfter(sizes, plan, plan::warmUpBackward);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void ofATransposedConvolution(int batch) {
    ReferenceConvTranspose2d sizes =
        new ReferenceConvTranspose2d(batch, 5, 13, 11, 7, WINDOW, 0, 0, 1);
    ConvTranspose2d plan = (ConvTranspose2d) Operators.of(sizes, Precision.FLOAT);
    requireSameBitsAfter(sizes, plan, plan::warmUp);
    requireSameBitsAfter(sizes, plan, plan::warmUpBackward);
  }

  private static void requireSameBitsAfter(
      ReferenceConvolution sizes, Object plan, Runnable warmUp) {
    ConvolutionCase c = new ConvolutionCase(sizes, true, Layout.PLAIN, 1);
    Operands o = Operands.reals(c, Precision.FLOAT);
    TestedConvolution tested = new TestedConvolution(sizes, Precision.FLOAT, plan);
    double[] output = tested.forward(Layout.PLAIN, o.input(), o.weight(), o.bias());
    double[] gradInput = tested.backwardInput(Layout.PLAIN, o.gradOutput(), o.weight());
    double[] gradWeight = tested.backwardWeight(Layout.PLAIN, o.input(), o.gradOutput());
    warmUp.run();
    requireSameBits(
        "output", output, tested.forward(Layout.PLAIN, o.input(), o.weight(), o.bias()));
    requireSameBits(
        "gradInput", gradInput, tested.backwardInput(Layout.PLAIN, o.gradOutput(), o.weight()));
    requireSameBits(
        "gradWeight", gradWeight, tested.backwardWeight(Layout.PLAIN, o.input(), o.gradOutput()));
  }
}

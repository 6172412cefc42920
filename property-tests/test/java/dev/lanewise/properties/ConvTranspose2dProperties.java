// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConvTranspose2dProperties extends ConvolutionProperties {

  @Override
  @Provide
  Arbitrary<ConvolutionCase> cases() {
    return ConvolutionCase.of(Cases.convTranspose2d());
  }

  @Override
  @Provide
  Arbitrary<ConvolutionCase> tinyCases() {
    return ConvolutionCase.of(Cases.convTranspose2d(TINY));
  }

  /**
   * A transposed convolution is the mirrored convolution with its passes exchanged, bit for bit.
   * The mirrored convolution has another output size where output padding reaches a stride.
   */
  @Property
  void thePassesAreThoseOfTheMirroredConvolution(@ForAll("cases") ConvolutionCase c) {
    ReferenceConvTranspose2d transposed = (ReferenceConvTranspose2d) c.reference();
    Assume.that(
        transposed.outputPaddingHeight() < transposed.window().strideHeight()
            && transposed.outputPaddingWidth() < transposed.window().strideWidth());
    ReferenceConv2d mirrored =
        new ReferenceConv2d(
            transposed.batch(),
            transposed.outChannels(),
            transposed.outHeight(),
            transposed.outWidth(),
            transposed.inChannels(),
            transposed.window(),
            transposed.groups());
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);
      TestedConvolution mirror = new TestedConvolution(mirrored, precision);
      Operands o = Operands.reals(c, precision);
      requireSameBits(
          precision + " output",
          mirror.backwardInput(c.layout(), o.input(), o.weight()),
          tested.forward(c.layout(), o.input(), o.weight(), null));
      requireSameBits(
          precision + " gradInput",
          mirror.forward(c.layout(), o.gradOutput(), o.weight(), null),
          tested.backwardInput(c.layout(), o.gradOutput(), o.weight()));
      requireSameBits(
          precision + " gradWeight",
          mirror.backwardWeight(c.layout(), o.gradOutput(), o.input()),
          tested.backwardWeight(c.layout(), o.input(), o.gradOutput()));
    }
  }
}

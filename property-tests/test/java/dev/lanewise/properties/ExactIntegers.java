// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConvolution;

/** Sizes larger than the properties', on integers, from arrays and from native memory. */
final class ExactIntegers {
  private ExactIntegers() {}

  static void requireOfOutputAndGradInput(ReferenceConvolution sizes) {
    ConvolutionCase c = new ConvolutionCase(sizes, true, Layout.PLAIN, 1);
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c, precision);
      double[] output = sizes.forward(o.input(), o.weight(), o.bias());
      double[] gradInput = sizes.backwardInput(o.gradOutput(), o.weight());
      for (Place place : new Place[] {Place.ARRAY, Place.NATIVE}) {
        Layout layout = Layout.of(Form.SEGMENTS, place);
        requireSameBits(
            precision + " output in " + place,
            output,
            c.tested(precision).forward(layout, o.input(), o.weight(), o.bias()));
        requireSameBits(
            precision + " gradInput in " + place,
            gradInput,
            c.tested(precision).backwardInput(layout, o.gradOutput(), o.weight()));
      }
    }
  }

  static void requireOfGradWeight(ReferenceConvolution sizes) {
    ConvolutionCase c = new ConvolutionCase(sizes, false, Layout.PLAIN, 1);
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c, precision);
      double[] gradWeight = sizes.backwardWeight(o.input(), o.gradOutput());
      for (Place place : new Place[] {Place.ARRAY, Place.NATIVE}) {
        requireSameBits(
            precision + " gradWeight from " + place,
            gradWeight,
            c.tested(precision)
                .backwardWeight(Layout.of(Form.SEGMENTS, place), o.input(), o.gradOutput()));
      }
    }
  }
}

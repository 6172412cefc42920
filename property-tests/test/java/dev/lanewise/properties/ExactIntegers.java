// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConvolution;
import java.util.List;

/** Sizes larger than the properties', on integers; what is expected is computed but once. */
final class ExactIntegers {
  static final List<Layout> ARRAYS_AND_NATIVE =
      List.of(Layout.of(Form.SEGMENTS, Place.ARRAY), Layout.of(Form.SEGMENTS, Place.NATIVE));

  private ExactIntegers() {}

  static void requireOfOutputAndGradInput(ReferenceConvolution sizes, List<Layout> layouts) {
    ConvolutionCase c = new ConvolutionCase(sizes, true, Layout.PLAIN, 1);
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c, precision);
      TestedConvolution tested = c.tested(precision);
      double[] output = sizes.forward(o.input(), o.weight(), o.bias());
      double[] gradInput = sizes.backwardInput(o.gradOutput(), o.weight());
      for (Layout layout : layouts) {
        requireSameBits(
            precision + " output in " + layout,
            output,
            tested.forward(layout, o.input(), o.weight(), o.bias()));
        requireSameBits(
            precision + " gradInput in " + layout,
            gradInput,
            tested.backwardInput(layout, o.gradOutput(), o.weight()));
      }
    }
  }

  static void requireOfGradWeight(ReferenceConvolution sizes, List<Layout> layouts) {
    ConvolutionCase c = new ConvolutionCase(sizes, false, Layout.PLAIN, 1);
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c, precision);
      TestedConvolution tested = c.tested(precision);
      double[] gradWeight = sizes.backwardWeight(o.input(), o.gradOutput());
      for (Layout layout : layouts) {
        requireSameBits(
            precision + " gradWeight in " + layout,
            gradWeight,
            tested.backwardWeight(layout, o.input(), o.gradOutput()));
      }
    }
  }
}

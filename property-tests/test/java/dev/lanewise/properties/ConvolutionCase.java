// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConvolution;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Everything one try needs; printed, everything that is needed to try it again.
 *
 * @param reference the sizes
 * @param hasBias whether a bias is given
 * @param layout where the operands lie
 * @param seed what the operands are
 */
record ConvolutionCase(ReferenceConvolution reference, boolean hasBias, Layout layout, long seed) {

  static Arbitrary<ConvolutionCase> of(Arbitrary<? extends ReferenceConvolution> references) {
    return Combinators.combine(
            references, Arbitraries.of(false, true), Layout.any(), Arbitraries.longs())
        .as(ConvolutionCase::new);
  }

  /** The same with other sizes. */
  ConvolutionCase with(ReferenceConvolution other) {
    return new ConvolutionCase(other, hasBias, layout, seed);
  }

  TestedConvolution tested(Precision precision) {
    return new TestedConvolution(reference, precision);
  }

  TestedConvolution tested(Precision precision, PlanOptions options) {
    return new TestedConvolution(reference, precision, Operators.of(reference, precision, options));
  }
}

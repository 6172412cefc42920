// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConvolution;
import dev.lanewise.reference.ReferenceData;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What the passes of a convolution read; bias is null if there is none. */
record Operands(
    double[] input,
    double[] weight,
    double[] bias,
    double[] gradOutput,
    double[] oldGradWeight,
    double[] oldGradBias) {

  @FunctionalInterface
  private interface Source {
    double[] numbers(int count);
  }

  /** Integers so small that no pass rounds. */
  static Operands integers(ConvolutionCase c, Precision precision) {
    ReferenceData data = new ReferenceData(c.seed(), precision);
    int limit = limit(c.reference(), precision);
    return of(c, count -> data.integers(count, limit));
  }

  /** Integers so small that no pass rounds on the sum of two operands either. */
  static Operands halfIntegers(ConvolutionCase c, Precision precision, long seed) {
    ReferenceData data = new ReferenceData(seed, precision);
    int limit = Math.max(1, limit(c.reference(), precision) / 2);
    return of(c, count -> data.integers(count, limit));
  }

  /** Single digits, of which central differences lose next to nothing. */
  static Operands digits(ConvolutionCase c) {
    ReferenceData data = new ReferenceData(c.seed(), Precision.DOUBLE);
    return of(c, count -> data.integers(count, 9));
  }

  private static int limit(ReferenceConvolution sizes, Precision precision) {
    long terms =
        LongStream.of(
                sizes.forwardTerms(),
                sizes.backwardInputTerms(),
                sizes.backwardWeightTerms(),
                sizes.backwardBiasTerms())
            .max()
            .getAsLong();
    return NumbersPolicy.integerLimit(terms, precision);
  }

  /**
   * Integers, those of the weight multiples of 4, so small that Winograd's tiles of 2×2 do not
   * round: 64 products for each source channel are added up, of weights 4 times as large.
   */
  static Operands fourfoldWeights(ConvolutionCase c, Precision precision) {
    ReferenceConvolution sizes = c.reference();
    long sources = Math.max(sizes.forwardTerms(), sizes.backwardInputTerms()) / 9;
    int limit = NumbersPolicy.integerLimit(256 * sources, precision);
    ReferenceData data = new ReferenceData(c.seed(), precision);
    Operands drawn = of(c, count -> data.integers(count, limit));
    return new Operands(
        drawn.input,
        Arrays.stream(drawn.weight).map(w -> 4 * w).toArray(),
        drawn.bias,
        drawn.gradOutput,
        drawn.oldGradWeight,
        drawn.oldGradBias);
  }

  static Operands reals(ConvolutionCase c, Precision precision) {
    return of(c, new ReferenceData(c.seed(), precision)::reals);
  }

  /** Small integers, with about two of each operand's numbers replaced by NaN or an infinity. */
  static Operands nonFinite(ConvolutionCase c, Precision precision) {
    Operands finite = integers(c, precision);
    ReferenceData data = new ReferenceData(~c.seed(), precision);
    return new Operands(
        data.withNonFinite(finite.input, rarity(finite.input)),
        data.withNonFinite(finite.weight, rarity(finite.weight)),
        finite.bias,
        data.withNonFinite(finite.gradOutput, rarity(finite.gradOutput)),
        finite.oldGradWeight,
        finite.oldGradBias);
  }

  private static int rarity(double[] numbers) {
    return 1 + numbers.length / 2;
  }

  private static Operands of(ConvolutionCase c, Source source) {
    ReferenceConvolution sizes = c.reference();
    return new Operands(
        source.numbers(sizes.inputElements()),
        source.numbers(sizes.weightElements()),
        c.hasBias() ? source.numbers(sizes.biasElements()) : null,
        source.numbers(sizes.outputElements()),
        source.numbers(sizes.weightElements()),
        source.numbers(sizes.biasElements()));
  }
}

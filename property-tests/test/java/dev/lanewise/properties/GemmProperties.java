// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static dev.lanewise.reference.NumbersPolicy.requireWithinBound;

import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceData;
import dev.lanewise.reference.ReferenceGemm;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GemmProperties {
  private static final int LARGEST_FACTOR = 3;

  @Provide
  Arbitrary<ReferenceGemm> sizes() {
    return Cases.gemm();
  }

  @Provide
  Arbitrary<Layout> layouts() {
    return Layout.any();
  }

  @Provide
  Arbitrary<Integer> factors() {
    return Arbitraries.of(1, 0, -1, 2, LARGEST_FACTOR);
  }

  @Property
  void integersAgreeWithTheReferenceExactly(
      @ForAll("sizes") ReferenceGemm reference,
      @ForAll("factors") int alpha,
      @ForAll("factors") int beta,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      ReferenceData data = new ReferenceData(seed, precision);
      int limit = NumbersPolicy.integerLimit(LARGEST_FACTOR * (reference.terms() + 1), precision);
      double[] a = data.integers(reference.aElements(), limit);
      double[] b = data.integers(reference.bElements(), limit);
      double[] c = oddIntegers(data, reference.cElements(), limit);
      requireSameBits(
          precision + " c",
          reference.multiply(alpha, a, b, beta, c),
          new TestedGemm(reference, precision).multiply(layout, alpha, a, b, beta, c));
    }
  }

  @Property
  void realsAgreeWithTheReferenceWithinTheBound(
      @ForAll("sizes") ReferenceGemm reference,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      TestedGemm tested = new TestedGemm(reference, precision);
      ReferenceData data = new ReferenceData(seed, precision);
      double[] factors = data.reals(2);
      double[] a = data.reals(reference.aElements());
      double[] b = data.reals(reference.bElements());
      double[] c = data.reals(reference.cElements());
      double[] actual = tested.multiply(layout, factors[0], a, b, factors[1], c);
      requireWithinBound(
          precision + " c",
          reference.multiply(factors[0], a, b, factors[1], c),
          actual,
          reference.terms(),
          reference.magnitude(factors[0], a, b, factors[1], c),
          precision);
      requireSameBits(
          precision + " c, elsewhere",
          actual,
          tested.multiply(Layout.PLAIN, factors[0], a, b, factors[1], c));
    }
  }

  /** NaN and infinities spread as the sums say; what beta = 0 overwrites does not matter. */
  @Property
  void nonFiniteNumbersSpreadAsInTheReference(
      @ForAll("sizes") ReferenceGemm reference,
      @ForAll boolean overwrite,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      ReferenceData data = new ReferenceData(seed, precision);
      double[] a = data.integers(reference.aElements(), 9);
      double[] b = data.integers(reference.bElements(), 9);
      double[] c = oddIntegers(data, reference.cElements(), 9);
      a = data.withNonFinite(a, 1 + a.length / 2);
      b = data.withNonFinite(b, 1 + b.length / 2);
      c = data.withNonFinite(c, 1 + c.length / 2);
      int beta = overwrite ? 0 : 1;
      requireSameBits(
          precision + " c",
          reference.multiply(1, a, b, beta, c),
          new TestedGemm(reference, precision).multiply(layout, 1, a, b, beta, c));
    }
  }

  /**
   * Never 0, whose product with a negative factor is −0: the sign of a zero is nobody's promise.
   */
  private static double[] oddIntegers(ReferenceData data, int count, int limit) {
    double[] numbers = data.integers(count, (limit - 1) / 2);
    Arrays.setAll(numbers, i -> 2 * numbers[i] + 1);
    return numbers;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static dev.lanewise.reference.NumbersPolicy.requireWithinBound;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceData;
import dev.lanewise.reference.ReferenceUnfold;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class UnfoldProperties {

  @Provide
  Arbitrary<ReferenceUnfold> sizes() {
    return Cases.unfold();
  }

  @Provide
  Arbitrary<Layout> layouts() {
    return Layout.any();
  }

  /** A copy, so that every number comes through as it is, NaN and infinities included. */
  @Property
  void forwardAgreesWithTheReference(
      @ForAll("sizes") ReferenceUnfold reference,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      ReferenceData data = new ReferenceData(seed, precision);
      double[] image = data.withNonFinite(data.reals(reference.imageElements()), 9);
      requireSameBits(
          precision + " columns",
          reference.forward(image),
          new TestedUnfold(reference, precision).forward(layout, image));
    }
  }

  @Property
  void backwardAgreesWithTheReference(
      @ForAll("sizes") ReferenceUnfold reference,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      TestedUnfold tested = new TestedUnfold(reference, precision);
      ReferenceData data = new ReferenceData(seed, precision);
      int limit = NumbersPolicy.integerLimit(reference.backwardTerms(), precision);
      double[] integers = data.integers(reference.columnElements(), limit);
      requireSameBits(
          precision + " gradImage",
          reference.backward(integers),
          tested.backward(layout, integers));

      double[] nonFinite = data.withNonFinite(integers, 1 + integers.length / 2);
      requireSameBits(
          precision + " gradImage, not finite",
          reference.backward(nonFinite),
          tested.backward(layout, nonFinite));

      double[] reals = data.reals(reference.columnElements());
      requireWithinBound(
          precision + " gradImage",
          reference.backward(reals),
          tested.backward(layout, reals),
          reference.backwardTerms(),
          reference.backwardMagnitude(reals),
          precision);
      requireSameBits(
          precision + " gradImage, elsewhere",
          tested.backward(Layout.PLAIN, reals),
          tested.backward(layout, reals));
    }
  }

  /** ⟨unfold(x) − unfold(0), g⟩ = ⟨x, backward(g)⟩. */
  @Property
  void backwardIsTheAdjoint(
      @ForAll("sizes") ReferenceUnfold reference,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      TestedUnfold tested = new TestedUnfold(reference, precision);
      ReferenceData data = new ReferenceData(seed, precision);
      int limit = NumbersPolicy.integerLimit(reference.backwardTerms(), precision);
      double[] image = data.integers(reference.imageElements(), limit);
      double[] gradColumns = data.integers(reference.columnElements(), limit);
      double[] columns =
          Vectors.difference(
              tested.forward(layout, image), tested.forward(layout, new double[image.length]));
      assertEquals(
          Vectors.dot(columns, gradColumns),
          Vectors.dot(image, tested.backward(layout, gradColumns)));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;
import static dev.lanewise.reference.NumbersPolicy.requireWithinBound;

import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceData;
import dev.lanewise.reference.ReferenceFold;
import dev.lanewise.reference.ReferenceUnfold;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FoldProperties {

  @Provide
  Arbitrary<ReferenceFold> sizes() {
    return Cases.fold();
  }

  @Provide
  Arbitrary<Layout> layouts() {
    return Layout.any();
  }

  @Property
  void forwardAgreesWithTheReference(
      @ForAll("sizes") ReferenceFold reference,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      TestedFold tested = new TestedFold(reference, precision);
      ReferenceData data = new ReferenceData(seed, precision);
      int limit = NumbersPolicy.integerLimit(reference.forwardTerms(), precision);
      double[] integers = data.integers(reference.columnElements(), limit);
      requireSameBits(
          precision + " image", reference.forward(integers), tested.forward(layout, integers));

      double[] reals = data.reals(reference.columnElements());
      requireWithinBound(
          precision + " image",
          reference.forward(reals),
          tested.forward(layout, reals),
          reference.forwardTerms(),
          reference.forwardMagnitude(reals),
          precision);
    }
  }

  @Property
  void backwardAgreesWithTheReference(
      @ForAll("sizes") ReferenceFold reference,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    for (Precision precision : Precision.values()) {
      ReferenceData data = new ReferenceData(seed, precision);
      double[] gradImage = data.withNonFinite(data.reals(reference.imageElements()), 9);
      requireSameBits(
          precision + " gradColumns",
          reference.backward(gradImage),
          new TestedFold(reference, precision).backward(layout, gradImage));
    }
  }

  /** Fold and Unfold are each other's gradient, bit for bit. */
  @Property
  void theGradientsAreThoseOfUnfold(
      @ForAll("sizes") ReferenceFold reference,
      @ForAll("layouts") Layout layout,
      @ForAll long seed) {
    ReferenceUnfold mirrored =
        new ReferenceUnfold(
            reference.batch(),
            reference.channels(),
            reference.height(),
            reference.width(),
            reference.window());
    for (Precision precision : Precision.values()) {
      double[] columns = new ReferenceData(seed, precision).reals(reference.columnElements());
      requireSameBits(
          precision + " image",
          new TestedUnfold(mirrored, precision).backward(layout, columns),
          new TestedFold(reference, precision).forward(layout, columns));
    }
  }
}

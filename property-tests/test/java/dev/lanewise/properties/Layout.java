// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Where the operands of one call lie.
 *
 * @param form how they are passed
 * @param shift elements before the first operand; the later ones have other, unaligned distances
 * @param places what each lies in if the form is SEGMENTS
 */
record Layout(Form form, int shift, List<Place> places) {
  /** No pass has more. */
  private static final int MOST_OPERANDS = 4;

  /** The plainest: what a caller starts with. */
  static final Layout PLAIN = of(Form.ARRAYS, Place.ARRAY);

  static Layout of(Form form, Place place) {
    return new Layout(form, 0, Collections.nCopies(MOST_OPERANDS, place));
  }

  static Arbitrary<Layout> any() {
    return Combinators.combine(
            Arbitraries.of(Form.class),
            Sizes.between(0, 16),
            Arbitraries.of(Place.class).list().ofSize(MOST_OPERANDS))
        .as(Layout::new);
  }

  int offset(int operand) {
    return form == Form.ARRAYS ? 0 : (shift + 5 * operand) % 17;
  }

  Place place(int operand) {
    return form == Form.SEGMENTS ? places.get(operand) : Place.ARRAY;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Where the operands of one call lie.
 *
 * @param form how they are passed
 * @param shift elements before the first operand; the later ones have other, unaligned distances
 * @param nativeOperands bit i says whether operand i is off the heap; read in form SEGMENTS only
 */
record Layout(Form form, int shift, int nativeOperands) {

  /** The plainest: what a caller starts with. */
  static final Layout PLAIN = new Layout(Form.ARRAYS, 0, 0);

  static Arbitrary<Layout> any() {
    return Combinators.combine(
            Arbitraries.of(Form.class), Sizes.between(0, 16), Arbitraries.integers().between(0, 31))
        .as(Layout::new);
  }

  int offset(int operand) {
    return form == Form.ARRAYS ? 0 : (shift + 5 * operand) % 17;
  }

  boolean isNative(int operand) {
    return form == Form.SEGMENTS && (nativeOperands >> operand & 1) != 0;
  }
}

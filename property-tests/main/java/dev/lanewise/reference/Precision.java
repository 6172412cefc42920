// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

/** The element type that the code under test computes in. */
public enum Precision {
  /** IEEE 754 binary32, a {@code float}. */
  FLOAT(24),
  /** IEEE 754 binary64, a {@code double}. */
  DOUBLE(53);

  private final int significandBits;

  Precision(int significandBits) {
    this.significandBits = significandBits;
  }

  /**
   * u: what rounding one number to nearest changes it by at most, relative to the number.
   *
   * @return 2⁻²⁴ or 2⁻⁵³
   */
  public double unitRoundoff() {
    return Math.scalb(1, -significandBits);
  }

  /**
   * The least positive number beyond which integers are skipped. Sums of integers whose absolute
   * values add up to less never round, in any order.
   *
   * @return 2²⁴ or 2⁵³
   */
  public double exactIntegers() {
    return Math.scalb(1, significandBits);
  }

  /**
   * Rounds to this type.
   *
   * @param value any number
   * @return the nearest number of this type
   */
  public double round(double value) {
    return this == FLOAT ? (float) value : value;
  }
}

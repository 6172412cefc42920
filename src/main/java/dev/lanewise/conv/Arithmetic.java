// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

/** How an output may be computed. */
public enum Arithmetic {
  /** Every output is a plain sum of products in a fixed order: the default. */
  EXACT_SUM,

  /**
   * Algorithms with fewer multiplications are allowed as well. They add and subtract operands
   * before they multiply, so their rounding error is larger, an infinity spreads as NaN to its
   * neighbours and integers need more headroom to come out exact. Still the same bits in every
   * call.
   */
  FAST
}

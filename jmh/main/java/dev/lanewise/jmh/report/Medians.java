// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import java.util.Arrays;

/** Means that one bad value does not spoil. */
public final class Medians {
  private Medians() {}

  /** The middle value, or the mean of the two in the middle; NaN of none. */
  public static double of(double... values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The geometric mean, of ratios; NaN of none. */
  public static double geometric(double... values) {
    return Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN));
  }
}

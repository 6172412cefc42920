// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import java.util.Arrays;

/** Arithmetic on whole arrays, for the laws. */
final class Vectors {
  private Vectors() {}

  /** ⟨a, b⟩; exact on the integers of the tests, whose sums a double holds. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double[] sum(double[] a, double[] b) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }

  static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }

  static double[] absolute(double[] a) {
    return Arrays.stream(a).map(Math::abs).toArray();
  }

  /** Part {@code index} of {@code count} equally long ones. */
  static double[] part(double[] a, int index, int count) {
    int length = a.length / count;
    return Arrays.copyOfRange(a, index * length, (index + 1) * length);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.conv.Activation;
import dev.lanewise.reference.Precision;
import java.util.Arrays;

/** What a fused activation must equal, element by element, in the operator's own precision. */
final class Activations {
  private Activations() {}

  static double[] of(Activation activation, double[] x, Precision precision) {
    return Arrays.stream(x).map(each -> of(activation, each, precision)).toArray();
  }

  private static double of(Activation activation, double x, Precision precision) {
    return switch (activation) {
      case Activation.None none -> x;
      case Activation.Clamp clamp -> Math.min(Math.max(x, clamp.low()), clamp.high());
      case Activation.LeakyRelu leaky -> x < 0 ? product(leaky.slope(), x, precision) : x;
    };
  }

  static double[] sum(double[] x, double[] y, Precision precision) {
    double[] sum = new double[x.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = precision == Precision.FLOAT ? (float) x[i] + (float) y[i] : x[i] + y[i];
    }
    return sum;
  }

  private static double product(double a, double b, Precision precision) {
    return precision == Precision.FLOAT ? (float) a * (float) b : a * b;
  }
}

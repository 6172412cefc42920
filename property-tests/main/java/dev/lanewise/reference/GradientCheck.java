// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.function.ToDoubleFunction;

/**
 * A gradient by central differences, ∂f/∂xᵢ ≈ (f(x + ε·eᵢ) − f(x − ε·eᵢ)) / 2ε, for functions that
 * compute in double.
 */
public final class GradientCheck {
  private GradientCheck() {}

  /**
   * Differentiates one component after the other.
   *
   * @param function f; must not change its argument
   * @param point x; changed during the call and restored
   * @return ∂f/∂x at the point
   */
  public static double[] numericGradient(ToDoubleFunction<double[]> function, double[] point) {
    double step = NumbersPolicy.GRADIENT_STEP;
    double[] gradient = new double[point.length];
    for (int i = 0; i < point.length; i++) {
      double original = point[i];
      point[i] = original + step;
      double above = function.applyAsDouble(point);
      point[i] = original - step;
      double below = function.applyAsDouble(point);
      point[i] = original;
      gradient[i] = (above - below) / (2 * step);
    }
    return gradient;
  }

  /**
   * Compares a gradient with central differences at {@link NumbersPolicy}'s settings.
   *
   * @param what the name of the gradient, for the message
   * @param function f; must not change its argument
   * @param point x; changed during the call and restored
   * @param gradient the claimed ∂f/∂x at the point
   * @throws AssertionError if a component is not as claimed
   */
  public static void require(
      String what, ToDoubleFunction<double[]> function, double[] point, double[] gradient) {
    NumbersPolicy.requireGradient(what, numericGradient(function, point), gradient);
  }
}

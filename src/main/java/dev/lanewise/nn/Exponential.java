// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * The exponential function by multiplications and additions alone, which the compiler turns into
 * vectors where it is called from a loop.
 *
 * <pre>eˣ = (e^(x / 2¹⁰))^(2¹⁰), the inner one by its Taylor polynomial of degree 12</pre>
 *
 * <p>Each of the ten squarings doubles the relative error, so the result is within 2¹²·2⁻⁵³ = 2⁻⁴¹
 * of eˣ: exact for a float but for its own rounding. No step depends on the machine.
 */
final class Exponential {
  /** e^±709 is within the range of double, and far outside that of float. */
  private static final double LIMIT = 709;

  private Exponential() {}

  /** eˣ with x clamped to [−709, 709]; NaN for NaN. */
  static double exp(double x) {
    double r = Math.min(Math.max(x, -LIMIT), LIMIT) * 0x1p-10;
    // The coefficients are 1/12! to 1/0!.
    double y = 1.0 / 479001600;
    y = y * r + 1.0 / 39916800;
    y = y * r + 1.0 / 3628800;
    y = y * r + 1.0 / 362880;
    y = y * r + 1.0 / 40320;
    y = y * r + 1.0 / 5040;
    y = y * r + 1.0 / 720;
    y = y * r + 1.0 / 120;
    y = y * r + 1.0 / 24;
    y = y * r + 1.0 / 6;
    y = y * r + 0.5;
    y = y * r + 1;
    y = y * r + 1;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    y *= y;
    return y * y;
  }
}

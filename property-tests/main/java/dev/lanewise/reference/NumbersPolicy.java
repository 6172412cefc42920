// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

/**
 * How far a result may be from the reference. Every tolerance of the tests is here and none is
 * anywhere else.
 *
 * <p><b>Exact.</b> Integer data whose absolute products add up to less than 2²⁴ (2⁵³ for double)
 * cannot round, in whatever order and with or without FMA. A plain sum of products must then equal
 * the reference bit for bit: {@link #integerLimit} sizes the data, {@link #requireSameBits}
 * compares.
 *
 * <p><b>Bound.</b> For any other data, with γ(n) = n·u / (1 − n·u) and K terms,
 *
 * <pre>|y − y_exact| ≤ γ(K + 2) · (Σ|x||w| + |b|)</pre>
 *
 * <p>holds for every order of summation (N. J. Higham, <i>Accuracy and Stability of Numerical
 * Algorithms</i>, 2nd edition, sections 3.1 and 4.2): a product passes one rounding of its own, at
 * most K − 1 additions, and two more where a bias or an old gradient is added and a factor is
 * multiplied in. The reference is a sum in double and has the same bound with u = 2⁻⁵³, so {@link
 * #bound} adds the two. The bound follows from the data and cannot fail by chance; it does not
 * cover underflow, which {@link ReferenceData} keeps away from.
 *
 * <p><b>Bound of Winograd's algorithms.</b> F(m×m, 3×3) with S source channels keeps
 *
 * <pre>|y − y_exact| ≤ γ(S + r) · (|Aᵀ| [Σ (|G||g||Gᵀ|) ⊙ (|Bᵀ||d||B|)] |A| + |b|)</pre>
 *
 * <p>with r = 12 for m = 2 and r = 30 for m = 4, because every term passes at most S roundings in
 * the product and its sum, and in the three transforms, each done once along the rows and once
 * along the columns, twice these: 1, 2 and 2 for m = 2; 4, 5 and 5 for m = 4 without fused
 * multiply-add, the rounding of √½, √2, 1/3 and 1/6 counted, fewer with it. Bias and an addition
 * left over make the rest. So an absolute error is at most γ(S + r)·κ·S·max|d|·max|g| beside the
 * bias, κ being the largest element of the bracket for operands of 1: 64 for m = 2 and 620 for m =
 * 4, where the plain sum has 9. {@link ReferenceWinograd} computes the bracket. The exact rule
 * holds for m = 2 if all weights are multiples of 4, since G halves twice, and the bracket stays
 * below 2²⁴ (2⁵³).
 *
 * <p><b>Gradient check.</b> Central differences in double at PyTorch's settings: {@link
 * #GRADIENT_STEP}, {@link #GRADIENT_ABSOLUTE} and {@link #GRADIENT_RELATIVE}.
 */
public final class NumbersPolicy {
  /** Half the distance between the two points of a central difference. */
  public static final double GRADIENT_STEP = 1e-6;

  /** What a gradient may differ from the central difference by, whatever its size. */
  public static final double GRADIENT_ABSOLUTE = 1e-5;

  /** What a gradient may differ from the central difference by besides, relative to it. */
  public static final double GRADIENT_RELATIVE = 1e-3;

  /** Integers above this add nothing to a test, and below it leave room for many terms. */
  private static final int LARGEST_INTEGER = 63;

  private NumbersPolicy() {}

  /**
   * γ(n) = n·u / (1 − n·u).
   *
   * @param roundings n, the roundings one term passes at most
   * @param precision the type they round to
   * @return the relative error that n roundings amount to at most
   */
  public static double gamma(long roundings, Precision precision) {
    double nu = roundings * precision.unitRoundoff();
    if (nu >= 1) {
      throw new IllegalArgumentException("no bound for so many roundings: " + roundings);
    }
    return nu / (1 - nu);
  }

  /**
   * The most that a sum of products may differ from the reference.
   *
   * @param terms K, the products in the sum
   * @param magnitude Σ|x||w| + |b|, everything added up without its sign
   * @param precision the type the sum was computed in
   * @return (γ(K + 2) + γ₅₃(K + 2)) · magnitude
   */
  public static double bound(long terms, double magnitude, Precision precision) {
    return (gamma(terms + 2, precision) + gamma(terms + 2, Precision.DOUBLE)) * magnitude;
  }

  /**
   * The most that a result of Winograd's algorithm may differ from the reference.
   *
   * @param winograd which of its forms
   * @param sources S, the source channels in the sum
   * @param magnitude what {@link ReferenceWinograd} says
   * @param precision the type the sum was computed in
   * @return (γ(S + r) + γ₅₃(9S + 2)) · magnitude
   */
  public static double winogradBound(
      ReferenceWinograd winograd, long sources, double magnitude, Precision precision) {
    long roundings = sources + (winograd.outputs() == 2 ? 12 : 30);
    return (gamma(roundings, precision) + gamma(9 * sources + 2, Precision.DOUBLE)) * magnitude;
  }

  /**
   * The largest integer m such that {@code terms} products of integers in [−m, m], and one such
   * integer more, always sum without rounding.
   *
   * @param terms the products in the sum
   * @param precision the type the sum is computed in
   * @return m, at least 1
   */
  public static int integerLimit(long terms, Precision precision) {
    int limit = LARGEST_INTEGER;
    while ((double) terms * limit * limit + limit >= precision.exactIntegers()) {
      limit--;
    }
    if (limit == 0) {
      throw new IllegalArgumentException(
          "no integers are small enough for so many terms: " + terms);
    }
    return limit;
  }

  /**
   * Requires equal bits; all NaNs count as one, the two zeros as two.
   *
   * @param what the name of the result, for the message
   * @param expected the right numbers
   * @param actual the numbers to check
   * @throws AssertionError at the first difference
   */
  public static void requireSameBits(String what, double[] expected, double[] actual) {
    requireSameLength(what, expected, actual);
    for (int i = 0; i < expected.length; i++) {
      if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
        throw new AssertionError(
            "%s[%d]: expected %s exactly but was %s".formatted(what, i, expected[i], actual[i]));
      }
    }
  }

  /**
   * Requires every number to be within {@link #bound} of the reference.
   *
   * @param what the name of the result, for the message
   * @param expected the reference's numbers
   * @param actual the numbers to check
   * @param terms K, the products in a sum
   * @param magnitudes Σ|x||w| + |b| of each number
   * @param precision the type they were computed in
   * @throws AssertionError at the first number outside
   */
  public static void requireWithinBound(
      String what,
      double[] expected,
      double[] actual,
      long terms,
      double[] magnitudes,
      Precision precision) {
    requireSameLength(what, expected, actual);
    for (int i = 0; i < expected.length; i++) {
      double allowed = bound(terms, magnitudes[i], precision);
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new AssertionError(
            "%s[%d]: expected %s within %s but was %s"
                .formatted(what, i, expected[i], allowed, actual[i]));
      }
    }
  }

  /**
   * Requires every number to be within {@link #winogradBound} of the reference.
   *
   * @param what the name of the result, for the message
   * @param expected the reference's numbers
   * @param actual the numbers to check
   * @param winograd which form computed them
   * @param sources S, the source channels in a sum
   * @param magnitudes what {@link ReferenceWinograd} says of each number
   * @param precision the type they were computed in
   * @throws AssertionError at the first number outside
   */
  public static void requireWithinWinogradBound(
      String what,
      double[] expected,
      double[] actual,
      ReferenceWinograd winograd,
      long sources,
      double[] magnitudes,
      Precision precision) {
    requireSameLength(what, expected, actual);
    for (int i = 0; i < expected.length; i++) {
      double allowed = winogradBound(winograd, sources, magnitudes[i], precision);
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        throw new AssertionError(
            "%s[%d]: expected %s within %s but was %s"
                .formatted(what, i, expected[i], allowed, actual[i]));
      }
    }
  }

  /**
   * Requires two results of the same precision, neither of them the reference, to be as close as
   * the bound of each allows: 2·γ(K + 2)·magnitude.
   *
   * @param what the name of the result, for the message
   * @param theirs a peer's numbers
   * @param ours the numbers to check
   * @param terms K, the products in a sum, or as many roundings
   * @param magnitudes Σ|x||w| + |b| of each number
   * @param precision the type both were computed in
   * @throws AssertionError at the first number that is not
   */
  public static void requireAgreement(
      String what,
      double[] theirs,
      double[] ours,
      long terms,
      double[] magnitudes,
      Precision precision) {
    requireSameLength(what, theirs, ours);
    for (int i = 0; i < theirs.length; i++) {
      double allowed = 2 * gamma(terms + 2, precision) * magnitudes[i];
      if (!(Math.abs(ours[i] - theirs[i]) <= allowed)) {
        throw new AssertionError(
            "%s[%d]: theirs %s, ours %s, %s allowed between"
                .formatted(what, i, theirs[i], ours[i], allowed));
      }
    }
  }

  /**
   * What rounding may do to parameters in some steps of training, as a part of their norm: every
   * step of either run rounds them once, so γ(2·steps). The gradients' roundings come on top, but
   * scaled down by the learning rate, and mostly cancel: γ of their sums would be an a-priori bound
   * of them too, and a hundred times too wide to notice anything. Only runs that choose alike stay
   * that close, see {@link #requireSameChoice}.
   */
  private static double drift(int steps) {
    return gamma(2L * steps, Precision.FLOAT);
  }

  /**
   * Requires a choice of one of two training runs, such as where a maximum is, to be the other's,
   * or to be a rounding away from it: what it makes of a difference must be within γ(2·steps) of
   * the largest candidate.
   *
   * @param steps of either run
   * @param own what the other run's choice gives
   * @param chosen what the choice gives
   * @param candidates what both chose among
   * @throws AssertionError if a choice makes more of a difference
   */
  public static void requireSameChoice(
      int steps, double[] own, double[] chosen, double[] candidates) {
    requireSameLength("chosen", own, chosen);
    double largest = 0;
    for (double candidate : candidates) {
      largest = Math.max(largest, Math.abs(candidate));
    }
    for (int i = 0; i < own.length; i++) {
      if (!(Math.abs(own[i] - chosen[i]) <= drift(steps) * largest)) {
        throw new AssertionError(
            "chosen[%d]: %s instead of %s, of candidates up to %s"
                .formatted(i, chosen[i], own[i], largest));
      }
    }
  }

  /**
   * Requires two training runs to have gone the same way: ‖ours − theirs‖ ≤ γ(2·steps) · (‖start‖ +
   * ‖theirs − start‖).
   *
   * @param what the name of the parameter, for the message
   * @param steps of either run
   * @param start where both started
   * @param theirs where the peer's run ended
   * @param ours where the run to check ended
   * @throws AssertionError if they are further apart
   */
  public static void requireSameCourse(
      String what, int steps, double[] start, double[] theirs, double[] ours) {
    requireSameLength(what, start, ours);
    requireSameLength(what, theirs, ours);
    double apart = distance(theirs, ours);
    double reach = distance(new double[start.length], start) + distance(start, theirs);
    if (!(apart <= drift(steps) * reach)) {
      throw new AssertionError(
          "%s: %s apart after %d steps that reach %s".formatted(what, apart, steps, reach));
    }
  }

  private static double distance(double[] from, double[] to) {
    double squares = 0;
    for (int i = 0; i < from.length; i++) {
      squares += (to[i] - from[i]) * (to[i] - from[i]);
    }
    return Math.sqrt(squares);
  }

  /**
   * Requires a gradient to agree with central differences.
   *
   * @param what the name of the gradient, for the message
   * @param numeric the central differences
   * @param actual the gradient to check
   * @throws AssertionError at the first number outside
   */
  public static void requireGradient(String what, double[] numeric, double[] actual) {
    requireSameLength(what, numeric, actual);
    for (int i = 0; i < numeric.length; i++) {
      double allowed = GRADIENT_ABSOLUTE + GRADIENT_RELATIVE * Math.abs(numeric[i]);
      if (!(Math.abs(actual[i] - numeric[i]) <= allowed)) {
        throw new AssertionError(
            "%s[%d]: central difference %s, gradient %s".formatted(what, i, numeric[i], actual[i]));
      }
    }
  }

  private static void requireSameLength(String what, double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          "%s: expected %d elements but has %d".formatted(what, expected.length, actual.length));
    }
  }
}

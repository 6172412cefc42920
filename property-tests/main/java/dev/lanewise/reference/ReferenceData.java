// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Operands from a seed: the same seed gives the same numbers, all of which the precision represents
 * exactly.
 */
public final class ReferenceData {
  /** Powers of two that the reals spread over; far from underflow and overflow. */
  private static final int SPREAD = 6;

  private final SplittableRandom random;
  private final Precision precision;

  /**
   * Starts a sequence of operands.
   *
   * @param seed what decides every number
   * @param precision the type the numbers must fit
   */
  public ReferenceData(long seed, Precision precision) {
    this.random = new SplittableRandom(seed);
    this.precision = precision;
  }

  /**
   * Integers, evenly from [−limit, limit].
   *
   * @param count how many
   * @param limit the largest, as {@link NumbersPolicy#integerLimit} gives it
   * @return the numbers
   */
  public double[] integers(int count, int limit) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> random.nextInt(-limit, limit + 1));
    return numbers;
  }

  /**
   * Reals of either sign, with every bit of the significand in use and sizes from 2⁻⁶ to 2⁶.
   *
   * @param count how many
   * @return the numbers
   */
  public double[] reals(int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> real());
    return numbers;
  }

  private double real() {
    double significand = precision.round(random.nextDouble(1, 2));
    int exponent = random.nextInt(-SPREAD, SPREAD);
    return Math.scalb(random.nextBoolean() ? significand : -significand, exponent);
  }

  /**
   * A copy in which about one number in {@code oneIn} is replaced by NaN or an infinity.
   *
   * @param numbers finite numbers
   * @param oneIn how rare the replaced ones are
   * @return the copy
   */
  public double[] withNonFinite(double[] numbers, int oneIn) {
    double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double[] copy = numbers.clone();
    for (int i = 0; i < copy.length; i++) {
      if (random.nextInt(oneIn) == 0) {
        copy[i] = special[random.nextInt(special.length)];
      }
    }
    return copy;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The values that parameters start from.
 *
 * <p>Elements are drawn in order, one {@code nextLong()} each, and turned into numbers by exact
 * arithmetic: the same seed gives the same bits on every run and machine. The numbers are computed
 * in double and rounded to the element type, so that a network in double starts where the one in
 * single precision starts, but for that rounding.
 */
public final class Initializers {
  private Initializers() {}

  /**
   * Kaiming uniform with fan-in, as PyTorch's {@code init.kaiming_uniform_(weight, a)}: U(−b, b)
   * with b = √(6 / ((1 + a²) · fanIn)), fanIn = size(1)·size(2)·…
   *
   * <p>As in PyTorch, fanIn is that of the weight as it is stored: of a transposed convolution's,
   * IOHW, it is OC/groups·KH·KW.
   *
   * <p>He, Zhang, Ren and Sun, <i>Delving Deep into Rectifiers</i>, 2015.
   *
   * @param weight the tensor to fill, at least two axes
   * @param a the negative slope of the leaky ReLU that follows; 0 for ReLU
   * @param random where the elements are drawn from
   * @throws IllegalArgumentException if the tensor has fewer than two axes
   */
  public static void kaimingUniform(Tensor weight, double a, RandomGenerator random) {
    double bound = Math.sqrt(6 / ((1 + a * a) * fanIn(weight)));
    uniform(weight, -bound, bound, random);
  }

  /**
   * What PyTorch's convolutions start from: U(−1/√fanIn, 1/√fanIn) for the weight, which is {@link
   * #kaimingUniform Kaiming uniform} with a = √5, and for the bias, with the same fanIn.
   *
   * @param weight the tensor to fill first, at least two axes
   * @param bias the tensor to fill second, or null
   * @param random where the elements are drawn from
   * @throws IllegalArgumentException if the weight has fewer than two axes
   */
  public static void layerDefaults(Tensor weight, Tensor bias, RandomGenerator random) {
    double bound = 1 / Math.sqrt(fanIn(weight));
    uniform(weight, -bound, bound, random);
    if (bias != null) {
      uniform(bias, -bound, bound, random);
    }
  }

  /**
   * The uniform distribution: low + (high − low)·k/2⁵³ with k the upper 53 bits of a {@code
   * nextLong()}.
   *
   * @param values the tensor to fill
   * @param low the least value
   * @param high the value above all, which rounding may reach
   * @param random where the elements are drawn from
   */
  public static void uniform(Tensor values, double low, double high, RandomGenerator random) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(random, "random");
    for (int i = 0; i < values.data.length; i++) {
      double fraction = (random.nextLong() >>> 11) * 0x1.0p-53;
      values.data[i] = (float) (low + (high - low) * fraction);
    }
  }

  private static double fanIn(Tensor weight) {
    if (Objects.requireNonNull(weight, "weight").rank() < 2) {
      throw new IllegalArgumentException(
          "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions: "
              + weight);
    }
    double fanIn = 1;
    for (int axis = 1; axis < weight.rank(); axis++) {
      fanIn *= weight.size(axis);
    }
    return fanIn;
  }
}

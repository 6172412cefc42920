// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The values that parameters start from.
 *
 * <p>Elements are drawn in order, one {@code nextLong()} each (two for a pair from a normal
 * distribution), and turned into numbers by arithmetic that is the same everywhere: a seed gives
 * the same bits on every run and machine. The numbers are computed in double and rounded to the
 * element type, so that a network in double starts where the one in single precision starts, but
 * for that rounding.
 *
 * <p>Of a weight, fanIn = size(1)·size(2)·… and fanOut = size(0)·size(2)·…, as PyTorch has them.
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
   * Kaiming normal with fan-in, as PyTorch's {@code init.kaiming_normal_(weight, a)}: N(0, σ²) with
   * σ = √(2 / ((1 + a²) · fanIn)).
   *
   * <p>He, Zhang, Ren and Sun, <i>Delving Deep into Rectifiers</i>, 2015.
   *
   * @param weight the tensor to fill, at least two axes
   * @param a the negative slope of the leaky ReLU that follows; 0 for ReLU
   * @param random where the elements are drawn from
   * @throws IllegalArgumentException if the tensor has fewer than two axes
   */
  public static void kaimingNormal(Tensor weight, double a, RandomGenerator random) {
    normal(weight, 0, Math.sqrt(2 / ((1 + a * a) * fanIn(weight))), random);
  }

  /**
   * Xavier uniform, as PyTorch's {@code init.xavier_uniform_(weight, gain)}: U(−b, b) with b = gain
   * · √(6 / (fanIn + fanOut)).
   *
   * <p>Glorot and Bengio, <i>Understanding the difficulty of training deep feedforward neural
   * networks</i>, 2010.
   *
   * @param weight the tensor to fill, at least two axes
   * @param gain a factor, 1 for layers without an activation
   * @param random where the elements are drawn from
   * @throws IllegalArgumentException if the tensor has fewer than two axes
   */
  public static void xavierUniform(Tensor weight, double gain, RandomGenerator random) {
    double bound = gain * Math.sqrt(6 / (fanIn(weight) + fanOut(weight)));
    uniform(weight, -bound, bound, random);
  }

  /**
   * Xavier normal, as PyTorch's {@code init.xavier_normal_(weight, gain)}: N(0, σ²) with σ = gain ·
   * √(2 / (fanIn + fanOut)).
   *
   * <p>Glorot and Bengio, <i>Understanding the difficulty of training deep feedforward neural
   * networks</i>, 2010.
   *
   * @param weight the tensor to fill, at least two axes
   * @param gain a factor, 1 for layers without an activation
   * @param random where the elements are drawn from
   * @throws IllegalArgumentException if the tensor has fewer than two axes
   */
  public static void xavierNormal(Tensor weight, double gain, RandomGenerator random) {
    normal(weight, 0, gain * Math.sqrt(2 / (fanIn(weight) + fanOut(weight))), random);
  }

  /**
   * What seed 004 starts from: {@link #kaimingNormal Kaiming normal} with a = 0 for the weight, and
   * U(−1/√fanIn, 1/√fanIn) for the bias. (The report names Kaiming's initialization without its
   * distribution; this is the one of the paper that it cites.)
   *
   * @param weight the tensor to fill first, at least two axes
   * @param bias the tensor to fill second, or null
   * @param random where the elements are drawn from
   * @throws IllegalArgumentException if the weight has fewer than two axes
   */
  public static void kaimingNormalWithBias(Tensor weight, Tensor bias, RandomGenerator random) {
    kaimingNormal(weight, 0, random);
    if (bias != null) {
      double bound = 1 / Math.sqrt(fanIn(weight));
      uniform(bias, -bound, bound, random);
    }
  }

  /**
   * What PyTorch's convolutions and linear layers start from: U(−1/√fanIn, 1/√fanIn) for the
   * weight, which is {@link #kaimingUniform Kaiming uniform} with a = √5, and for the bias, with
   * the same fanIn.
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

  /**
   * The normal distribution, by Box and Muller's transform: from u and v, uniform in (0, 1], come
   * √(−2 ln u) · cos 2πv and √(−2 ln u) · sin 2πv.
   *
   * <p>Box and Muller, <i>A Note on the Generation of Random Normal Deviates</i>, 1958.
   *
   * @param values the tensor to fill
   * @param mean its mean
   * @param deviation its standard deviation
   * @param random where the elements are drawn from
   */
  public static void normal(Tensor values, double mean, double deviation, RandomGenerator random) {
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(random, "random");
    for (int i = 0; i < values.data.length; i += 2) {
      double radius = deviation * Math.sqrt(-2 * StrictMath.log(positiveFraction(random)));
      double angle = 2 * Math.PI * positiveFraction(random);
      values.data[i] = (float) (mean + radius * StrictMath.cos(angle));
      if (i + 1 < values.data.length) {
        values.data[i + 1] = (float) (mean + radius * StrictMath.sin(angle));
      }
    }
  }

  private static double positiveFraction(RandomGenerator random) {
    return ((random.nextLong() >>> 11) + 1) * 0x1.0p-53;
  }

  private static double fanOut(Tensor weight) {
    return fanIn(weight) / weight.size(1) * weight.size(0);
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

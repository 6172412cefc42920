// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

/**
 * What a convolution does to each output when its sum is complete: {@code output = activation(sum +
 * bias + residual)}. NaN stays NaN under each of them.
 */
public sealed interface Activation {
  /**
   * Nothing: output = x.
   *
   * @return the activation
   */
  static Activation none() {
    return None.INSTANCE;
  }

  /**
   * Rectified linear unit: output = max(x, 0).
   *
   * @return the activation
   */
  static Activation relu() {
    return clamp(0, Double.POSITIVE_INFINITY);
  }

  /**
   * Leaky rectified linear unit: output = x for x ≥ 0, slope·x below.
   *
   * @param slope the factor below 0
   * @return the activation
   * @throws IllegalArgumentException if slope is not finite
   */
  static Activation leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  /**
   * Between two bounds: output = min(max(x, low), high). ReLU6 is clamp(0, 6).
   *
   * @param low the lower bound; −∞ for none
   * @param high the upper bound; ∞ for none
   * @return the activation
   * @throws IllegalArgumentException if low &gt; high, or one of them is NaN
   */
  static Activation clamp(double low, double high) {
    return new Clamp(low, high);
  }

  /** Leaves x as it is. */
  enum None implements Activation {
    /** The only one. */
    INSTANCE;

    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * See {@link Activation#clamp}.
   *
   * @param low the lower bound
   * @param high the upper bound
   */
  record Clamp(double low, double high) implements Activation {
    /** Checks that there is something between the bounds. */
    public Clamp {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "low must not be above high, but got low=%s, high=%s".formatted(low, high));
      }
    }
  }

  /**
   * See {@link Activation#leakyRelu}.
   *
   * @param slope the factor below 0
   */
  record LeakyRelu(double slope) implements Activation {
    /** Checks the factor. */
    public LeakyRelu {
      if (!Double.isFinite(slope)) {
        throw new IllegalArgumentException("slope must be finite, but got " + slope);
      }
    }
  }
}

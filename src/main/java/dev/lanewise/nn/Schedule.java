// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * A learning rate for every epoch, or whatever else is counted:
 *
 * <pre>{@code
 * optimizer.learningRate(schedule.at(epoch));
 * }</pre>
 *
 * <p>A schedule remembers nothing, so a run taken up again goes on with the same rates, and the
 * rates have the same bits on every machine.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The learning rate.
   *
   * @param epoch what is counted, from 0
   * @return the rate
   */
  double at(long epoch);

  /**
   * PyTorch's {@code StepLR}: the rate is multiplied by a factor again and again.
   *
   * <pre>at(epoch) = first · factor^⌊epoch / every⌋</pre>
   *
   * @param first the rate to start with
   * @param every the epochs from one change to the next
   * @param factor what the rate is multiplied by at a change
   * @return the schedule
   * @throws IllegalArgumentException if {@code every} is not positive
   */
  static Schedule step(double first, long every, double factor) {
    if (every <= 0) {
      throw new IllegalArgumentException("every must be positive: every=" + every);
    }
    return epoch -> {
      double rate = first;
      for (long changes = epoch / every; changes > 0; changes--) {
        rate *= factor;
      }
      return rate;
    };
  }

  /**
   * PyTorch's {@code CosineAnnealingLR}: half a wave down from the first rate to the last.
   *
   * <pre>at(epoch) = last + (first − last) · (1 + cos(π · epoch / epochs)) / 2
   *           = last + (first − last) · cos²(π/2 · epoch / epochs)</pre>
   *
   * <p>Loshchilov and Hutter, 2017, arXiv:1608.03983. After {@code epochs} the last rate stays.
   *
   * @param first the rate to start with
   * @param last the rate to end with
   * @param epochs the epochs in between
   * @return the schedule
   * @throws IllegalArgumentException if {@code epochs} is not positive
   */
  static Schedule cosine(double first, double last, long epochs) {
    if (epochs <= 0) {
      throw new IllegalArgumentException("epochs must be positive: epochs=" + epochs);
    }
    return epoch -> {
      double cosine = cosine(Math.PI / 2 * Math.min(epoch, epochs) / epochs);
      return last + (first - last) * cosine * cosine;
    };
  }

  /**
   * This schedule after a warm-up, in which the rate rises in equal steps to its first one.
   *
   * <pre>
   * at(epoch) = first · (epoch + 1) / epochs   while epoch &lt; epochs, first that of this at 0,
   *           = this at epoch − epochs           from then on</pre>
   *
   * <p>Goyal and others, 2017, arXiv:1706.02677, section 2.2.
   *
   * @param epochs how long the rate rises; 0 for not at all
   * @return the schedule
   * @throws IllegalArgumentException if {@code epochs} is negative
   */
  default Schedule afterWarmUp(long epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs must not be negative: epochs=" + epochs);
    }
    return epoch -> epoch < epochs ? at(0) * (epoch + 1) / epochs : at(epoch - epochs);
  }

  /**
   * cos x for 0 ≤ x ≤ π/2 by its series, 1 − x²/(1·2) · (1 − x²/(3·4) · (1 − …)). That of {@link
   * Math} may differ between machines, that of {@link StrictMath} allocates.
   */
  private static double cosine(double x) {
    double sum = 1;
    for (int k = 24; k > 0; k -= 2) {
      sum = 1 - sum * x * x / (k * (k - 1));
    }
    return sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import java.util.function.IntBinaryOperator;

/**
 * Which input element each tap of each window reads along one axis. The one place that knows
 * stride, dilation and padding.
 *
 * @param input elements of the axis without padding
 * @param kernel taps of a window
 * @param stride elements from one window to the next
 * @param dilation elements from one tap to the next
 * @param before padding elements in front of the input
 * @param output windows
 * @param outside (index, input) → the element read in its stead, or {@link #OUTSIDE}; only asked
 *     for an index outside [0, input)
 */
public record AxisMap(
    int input,
    int kernel,
    int stride,
    int dilation,
    int before,
    int output,
    IntBinaryOperator outside) {

  /** No element of the input: the tap reads the padding value. */
  public static final int OUTSIDE = -1;

  /**
   * For an axis whose surroundings are no elements of anything. A class, because every plan of a
   * short process would pay for a lambda.
   */
  public static final IntBinaryOperator NOTHING = new Nothing();

  private record Nothing() implements IntBinaryOperator {
    @Override
    public int applyAsInt(int index, int input) {
      return OUTSIDE;
    }
  }

  /** The element that a tap of a window reads, or {@link #OUTSIDE}. */
  public int source(int tap, int window) {
    return at(unpadded(tap, window));
  }

  /** The element at a place of the padded axis, or {@link #OUTSIDE}. */
  public int element(int padded) {
    return at(padded - before);
  }

  private int at(int index) {
    return index >= 0 && index < input ? index : outside.applyAsInt(index, input);
  }

  /**
   * Whether an element that is read for one outside the input makes any place of the padding. A
   * mode does that everywhere or nowhere, so one place is asked, however many there are.
   */
  public boolean repeatsInput() {
    boolean padding = before > 0 || padded() - before > input;
    return padding && outside.applyAsInt(-1, input) != OUTSIDE;
  }

  /** Places of the padded axis from the first tap of the first window to the last of the last. */
  public int padded() {
    return output == 0 ? 0 : (output - 1) * stride + (kernel - 1) * dilation + 1;
  }

  /** Where a tap of a window falls, counted from the first element of the input. */
  public int unpadded(int tap, int window) {
    return window * stride + tap * dilation - before;
  }

  /** The first window whose tap falls on or behind the first input element. */
  public int firstInside(int tap) {
    return Math.clamp(Math.ceilDiv((long) before - (long) tap * dilation, stride), 0, output);
  }

  /** One more than the last window whose tap falls on or before the last input element. */
  public int endInside(int tap) {
    long end = Math.floorDiv(input - 1L + before - (long) tap * dilation, (long) stride) + 1;
    return Math.clamp(end, firstInside(tap), output);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** One axis of a layer and of its input. */
record AxisSetting(
    int size, int kernel, int stride, int dilation, int before, int after, int outputPadding) {

  private static Arbitrary<AxisSetting> any() {
    return Combinators.combine(
            between(1, 5),
            between(1, 3),
            between(1, 3),
            between(1, 2),
            between(0, 2),
            between(0, 2),
            between(0, 2))
        .as(AxisSetting::new);
  }

  /** Large enough for one window, and for every mode to make the padding from. */
  static Arbitrary<AxisSetting> forConvolution() {
    return any()
        .map(
            axis ->
                axis.with(
                    Math.max(
                        axis.size, Math.max(axis.span(), 1 + Math.max(axis.before, axis.after))),
                    axis.before,
                    axis.after,
                    0));
  }

  /** With an output of at least one element, and output padding within its limit. */
  static Arbitrary<AxisSetting> forTransposedConvolution() {
    return any().map(AxisSetting::cutLessThanAll);
  }

  private AxisSetting cutLessThanAll() {
    int added = Math.min(outputPadding, Math.max(stride, dilation) - 1);
    int full = (size - 1) * stride + span() + added;
    int first = Math.min(before, full - 1);
    return with(size, first, Math.min(after, full - 1 - first), added);
  }

  private AxisSetting with(int newSize, int newBefore, int newAfter, int newOutputPadding) {
    return new AxisSetting(
        newSize, kernel, stride, dilation, newBefore, newAfter, newOutputPadding);
  }

  private int span() {
    return dilation * (kernel - 1) + 1;
  }

  private static Arbitrary<Integer> between(int least, int most) {
    return Arbitraries.integers().between(least, most);
  }
}

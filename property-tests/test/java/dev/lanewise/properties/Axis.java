// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The sizes along one axis as they are drawn, each by itself so that each shrinks by itself. What
 * must hold between them is arranged afterwards.
 *
 * @param size elements of the input
 * @param kernel taps
 * @param stride elements from one window to the next
 * @param dilation elements from one tap to the next
 * @param before padding in front
 * @param after padding behind
 * @param outputPadding elements that a transposed convolution adds
 */
record Axis(
    int size, int kernel, int stride, int dilation, int before, int after, int outputPadding) {

  /** Any parameters. */
  static Arbitrary<Axis> any(int mostElements) {
    return Combinators.combine(
            Sizes.between(1, mostElements),
            Sizes.between(1, 7),
            Sizes.between(1, 4),
            Sizes.between(1, 3),
            Sizes.between(0, 4),
            Sizes.between(0, 4),
            Sizes.between(0, 3))
        .as(Axis::new);
  }

  /** Parameters that leave about as many outputs as inputs. */
  static Arbitrary<Axis> plain(int fewestElements, int mostElements) {
    return Combinators.combine(
            Sizes.between(fewestElements, mostElements),
            Sizes.between(1, 3),
            Sizes.between(0, 1),
            Sizes.between(0, 1))
        .as((size, kernel, before, after) -> new Axis(size, kernel, 1, 1, before, after, 0));
  }

  /** Three taps beside one another: what Winograd's algorithms are for. */
  static Arbitrary<Axis> threeTaps(int fewestElements, int mostElements) {
    return Combinators.combine(
            Sizes.between(fewestElements, mostElements), Sizes.between(0, 4), Sizes.between(0, 4))
        .as((size, before, after) -> new Axis(size, 3, 1, 1, before, after, 0));
  }

  /** Three taps that reach at most one element beyond either end: what depthwise layers have. */
  static Arbitrary<Axis> depthwise(int stride, int mostElements) {
    return Combinators.combine(
            Sizes.between(1, mostElements),
            Sizes.between(0, 1),
            Sizes.between(0, 1),
            Sizes.between(0, 1))
        .as(
            (size, before, after, outputPadding) ->
                new Axis(size, 3, stride, 1, 1 - before, 1 - after, outputPadding));
  }

  /** One tap on every element, or on some. */
  static Arbitrary<Axis> pointwise(int mostElements) {
    return Combinators.combine(Sizes.between(1, mostElements), Arbitraries.of(1, 1, 1, 2, 3))
        .as((size, stride) -> new Axis(size, 1, stride, 1, 0, 0, 0));
  }

  Axis withSize(int newSize) {
    return new Axis(newSize, kernel, stride, dilation, before, after, outputPadding);
  }

  int span() {
    return dilation * (kernel - 1) + 1;
  }

  /** With an input that one window fits into and from which the padding can be made. */
  Axis fitConvolution(boolean reflects) {
    int forWindow = span() - before - after;
    int forPadding = reflects ? Math.max(before, after) + 1 : Math.max(before, after);
    return withSize(Math.max(size, Math.max(forWindow, forPadding)));
  }

  /** With an output of at least one element and output padding that a stride or dilation covers. */
  Axis fitTransposed() {
    int output = Math.min(outputPadding, Math.max(stride, dilation) - 1);
    int full = (size - 1) * stride + span() + output;
    int first = Math.min(before, full - 1);
    int last = Math.min(after, full - 1 - first);
    return new Axis(size, kernel, stride, dilation, first, last, output);
  }
}

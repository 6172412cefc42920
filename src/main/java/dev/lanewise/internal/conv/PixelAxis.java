// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * One axis of a filter as neighbouring positions that all do the same: tap t at position p reads
 * source element p·step + shift(t), whatever the direction.
 *
 * <p>Forwards a position is a window, a step its stride, and there is one phase. Backwards, where
 * the targets are the images, neighbouring elements of a target meet other taps if there is a
 * stride. Those at one distance modulo the stride meet the same ones and form a phase (the
 * sub-pixel form of a transposed convolution): target element p·phases + phase − lead of position p
 * reads source element p + shift(t) for every tap t of its phase.
 *
 * <p>Source: Shi et al., Is the deconvolution layer the same as a convolutional layer?,
 * arXiv:1609.07009, 2016.
 *
 * @param source elements of the source
 * @param target elements of the target
 * @param positions positions that the target needs
 * @param step source elements from one position to the next
 * @param phases phases of the target
 * @param lead elements of the first position that lie in front of the target
 * @param shifts shift of every tap
 * @param taps the taps of each phase, ascending by shift
 * @param outside as in {@link AxisMap}
 */
record PixelAxis(
    int source,
    int target,
    int positions,
    int step,
    int phases,
    int lead,
    int[] shifts,
    int[][] taps,
    IntBinaryOperator outside) {

  /** From images to filtered images. */
  static PixelAxis forward(AxisMap axis) {
    int[] shifts =
        IntStream.range(0, axis.kernel())
            .map(tap -> tap * axis.dilation() - axis.before())
            .toArray();
    int[][] taps = {IntStream.range(0, axis.kernel()).toArray()};
    return new PixelAxis(
        axis.input(),
        axis.output(),
        axis.output(),
        axis.stride(),
        1,
        0,
        shifts,
        taps,
        axis.outside());
  }

  /** From filtered images to images: outside a filtered image there is nothing, so zeros. */
  static PixelAxis backward(AxisMap axis) {
    int stride = axis.stride();
    int first = Math.floorDiv(axis.before(), stride);
    int last = Math.floorDiv(axis.before() + axis.input() - 1, stride);
    int[] shifts =
        IntStream.range(0, axis.kernel())
            .map(tap -> first - Math.floorDiv(tap * axis.dilation(), stride))
            .toArray();
    int[][] taps = new int[stride][];
    for (int phase = 0; phase < stride; phase++) {
      int meets = phase;
      taps[phase] =
          IntStream.iterate(axis.kernel() - 1, tap -> tap >= 0, tap -> tap - 1)
              .filter(tap -> tap * axis.dilation() % stride == meets)
              .toArray();
    }
    return new PixelAxis(
        axis.output(),
        axis.input(),
        last - first + 1,
        1,
        stride,
        axis.before() - first * stride,
        shifts,
        taps,
        (index, size) -> AxisMap.OUTSIDE);
  }

  /** The shifts that occur, ascending. */
  int[] distinctShifts() {
    return Arrays.stream(shifts).sorted().distinct().toArray();
  }

  /** The source element at an index that may lie outside, or {@link AxisMap#OUTSIDE}. */
  int element(int index) {
    return index >= 0 && index < source ? index : outside.applyAsInt(index, source);
  }

  /** The first of {@code count} positions from {@code first} on that reads inside the source. */
  int firstInside(int shift, int first, int count) {
    return Math.clamp((long) Math.ceilDiv(-shift, step) - first, 0, count);
  }

  /** One more than the last of {@code count} positions that reads inside the source. */
  int endInside(int shift, int first, int count) {
    long end = Math.floorDiv(source - 1 - shift, step) + 1L - first;
    return Math.clamp(end, firstInside(shift, first, count), count);
  }
}

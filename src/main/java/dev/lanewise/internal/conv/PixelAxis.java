// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * One axis of a filter as neighbouring positions that all do the same: tap t at position p reads
 * source element p·step + shift(t), whatever the direction.
 *
 * <p>Forwards a position is a window, a step its stride, and there is one phase. Backwards, where
 * the targets are the images, neighbouring elements of a target meet other taps if there is a
 * stride. Those at one distance modulo the stride meet the same ones and form a phase (the
 * sub-pixel form of a transposed convolution): target element p·phases + phase of position p reads
 * source element p + shift(t) for every tap t of its phase. Phases are counted from the first
 * element of the target, so that each has as many positions as the others and not one more.
 *
 * <p>Source: Shi et al., Is the deconvolution layer the same as a convolutional layer?,
 * arXiv:1609.07009, 2016.
 *
 * @param source elements of the source
 * @param target elements of the target
 * @param positions positions that the target needs
 * @param step source elements from one position to the next
 * @param phases phases of the target
 * @param shifts shift of every tap
 * @param taps the taps of each phase, ascending by shift
 * @param outside as in {@link AxisMap}
 */
public record PixelAxis(
    int source,
    int target,
    int positions,
    int step,
    int phases,
    int[] shifts,
    int[][] taps,
    IntBinaryOperator outside) {

  /** From images to filtered images, or backwards. */
  public static PixelAxis of(AxisMap axis, boolean forward) {
    return forward ? forward(axis) : backward(axis);
  }

  /** From images to filtered images. */
  public static PixelAxis forward(AxisMap axis) {
    int[] shifts = new int[axis.kernel()];
    int[][] taps = {new int[axis.kernel()]};
    for (int tap = 0; tap < shifts.length; tap++) {
      shifts[tap] = tap * axis.dilation() - axis.before();
      taps[0][tap] = tap;
    }
    return new PixelAxis(
        axis.input(), axis.output(), axis.output(), axis.stride(), 1, shifts, taps, axis.outside());
  }

  /** From filtered images to images: outside a filtered image there is nothing, so zeros. */
  public static PixelAxis backward(AxisMap axis) {
    int stride = axis.stride();
    IntUnaryOperator phase = tap -> Math.floorMod(tap * axis.dilation() - axis.before(), stride);
    int[] shifts =
        IntStream.range(0, axis.kernel())
            .map(tap -> (phase.applyAsInt(tap) + axis.before() - tap * axis.dilation()) / stride)
            .toArray();
    int[][] taps =
        IntStream.range(0, stride)
            .mapToObj(
                meets ->
                    IntStream.iterate(axis.kernel() - 1, tap -> tap >= 0, tap -> tap - 1)
                        .filter(tap -> phase.applyAsInt(tap) == meets)
                        .toArray())
            .toArray(int[][]::new);
    return new PixelAxis(
        axis.output(),
        axis.input(),
        Math.ceilDiv(axis.input(), stride),
        1,
        stride,
        shifts,
        taps,
        AxisMap.NOTHING);
  }

  /** The tap of a phase that reads the same element as another tap, or -1. */
  public int sameElement(int tap, int phase) {
    for (int other : taps[phase]) {
      if (shifts[other] == shifts[tap]) {
        return other;
      }
    }
    return -1;
  }

  /** The shifts that occur, ascending. */
  public int[] distinctShifts() {
    return ascending(shifts.clone());
  }

  /** More values than these are worth sorting, the class behind which takes 2 ms to load. */
  private static final int FEW = 64;

  /** The values that occur, ascending; overwrites its argument. */
  public static int[] ascending(int[] values) {
    if (values.length > FEW) {
      Arrays.sort(values);
    }
    int count = 0;
    for (int value : values) {
      int at = count;
      while (at > 0 && values[at - 1] > value) {
        at--;
      }
      if (at == 0 || values[at - 1] != value) {
        System.arraycopy(values, at, values, at + 1, count - at);
        values[at] = value;
        count++;
      }
    }
    return Arrays.copyOf(values, count);
  }

  /** The source element at an index that may lie outside, or {@link AxisMap#OUTSIDE}. */
  public int element(int index) {
    return index >= 0 && index < source ? index : outside.applyAsInt(index, source);
  }

  /** The first of {@code count} positions from {@code first} on that reads inside the source. */
  public int firstInside(int shift, int first, int count) {
    return Math.clamp((long) Math.ceilDiv(-shift, step) - first, 0, count);
  }

  /** One more than the last of {@code count} positions that reads inside the source. */
  public int endInside(int shift, int first, int count) {
    long end = Math.floorDiv(source - 1 - shift, step) + 1L - first;
    return Math.clamp(end, firstInside(shift, first, count), count);
  }
}

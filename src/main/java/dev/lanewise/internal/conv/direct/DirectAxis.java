// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.PixelAxis;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One axis of a direct convolution: stride and direction taken apart into correlations of stride
 * one.
 *
 * <p>The padded source is split by its places modulo {@code split}, the target by its elements
 * modulo {@code step}; the elements of one such phase of the target are neighbouring windows:
 *
 * <pre>
 *   target element  window·step + phase + start
 *   reads           padded source element (window + shift)·split + residue, for each tap
 * </pre>
 *
 * <p>Forwards the split is the stride and the step is 1. Backwards it is the other way round: image
 * element y got, from tap k of window o, what stands at o·stride + k·dilation = y + before, so the
 * elements whose y + before leaves the same remainder use the same taps and neighbouring windows.
 * That is the sub-pixel form of a transposed convolution.
 *
 * <p>Source: Shi et al., Real-Time Single Image and Video Super-Resolution Using an Efficient
 * Sub-Pixel Convolutional Neural Network, CVPR 2016.
 */
final class DirectAxis {
  private final AxisMap source;
  private final int split;
  private final int step;
  private final int start;
  private final int target;
  private final int[] residues;
  private final Tap[][] taps;

  /**
   * What one tap of a phase reads.
   *
   * @param kernel index in the kernel
   * @param part index of its residue
   * @param shift windows from the one that is computed to the one read
   */
  record Tap(int kernel, int part, int shift) {}

  private DirectAxis(
      AxisMap source, int split, int step, int start, int target, int[] residues, Tap[][] taps) {
    this.source = source;
    this.split = split;
    this.step = step;
    this.start = start;
    this.target = target;
    this.residues = residues;
    this.taps = taps;
  }

  /** From images to filtered images. */
  static DirectAxis forward(AxisMap axis) {
    int split = axis.stride();
    Tap[] taps = new Tap[axis.kernel()];
    int[] places = new int[taps.length];
    for (int k = 0; k < taps.length; k++) {
      places[k] = k * axis.dilation() % split;
    }
    int[] residues = PixelAxis.ascending(places);
    for (int k = 0; k < taps.length; k++) {
      int place = k * axis.dilation();
      taps[k] = new Tap(k, Arrays.binarySearch(residues, place % split), place / split);
    }
    return new DirectAxis(axis, split, 1, 0, axis.output(), residues, new Tap[][] {taps});
  }

  /** From filtered images to images. */
  static DirectAxis backward(AxisMap axis) {
    int step = axis.stride();
    int reach = (axis.kernel() - 1) * axis.dilation() / step;
    int first = axis.before() / step;
    int windows = (axis.before() + axis.input() - 1) / step - first + 1;
    AxisMap source =
        new AxisMap(axis.output(), reach + 1, 1, 1, reach - first, windows, AxisMap.NOTHING);
    Tap[][] taps = new Tap[step][];
    for (int phase = 0; phase < step; phase++) {
      int remainder = phase;
      taps[phase] =
          IntStream.range(0, axis.kernel())
              .map(k -> axis.kernel() - 1 - k)
              .filter(k -> k * axis.dilation() % step == remainder)
              .mapToObj(k -> new Tap(k, 0, reach - k * axis.dilation() / step))
              .toArray(Tap[]::new);
    }
    int start = first * step - axis.before();
    return new DirectAxis(source, 1, step, start, axis.input(), new int[] {0}, taps);
  }

  /** The source's elements and what surrounds them. */
  AxisMap source() {
    return source;
  }

  int split() {
    return split;
  }

  int step() {
    return step;
  }

  /** Elements of the target. */
  int target() {
    return target;
  }

  int windows() {
    return source.output();
  }

  /** How many of the split source's parts any tap reads. */
  int parts() {
    return residues.length;
  }

  int residue(int part) {
    return residues[part];
  }

  /** The largest shift of any tap. */
  int reach() {
    int reach = 0;
    for (Tap[] phase : taps) {
      for (Tap tap : phase) {
        reach = Math.max(reach, tap.shift);
      }
    }
    return reach;
  }

  /** Taps of the kernel, of all phases. */
  int kernel() {
    int kernel = 0;
    for (Tap[] phase : taps) {
      kernel += phase.length;
    }
    return kernel;
  }

  int phases() {
    return taps.length;
  }

  Tap[] taps(int phase) {
    return taps[phase];
  }

  /** Which element of the padded source a tap reads, counted from the first of its window. */
  int place(Tap tap) {
    return tap.shift * split + residues[tap.part];
  }

  /** Elements from one tap of a phase to the next: 1 if none has two, 0 if they differ. */
  int spread() {
    int spread = 0;
    for (Tap[] phase : taps) {
      for (int tap = 1; tap < phase.length; tap++) {
        int next = place(phase[tap]) - place(phase[tap - 1]);
        if (spread != 0 && next != spread) {
          return 0;
        }
        spread = next;
      }
    }
    return spread == 0 ? 1 : spread;
  }

  /** The target element of a window. */
  int element(int phase, int window) {
    return window * step + phase + start;
  }

  /** The first window of a phase that is a target element. */
  int firstWindow(int phase) {
    return Math.ceilDiv(-start - phase, step);
  }

  /** One more than the last window of a phase that is a target element. */
  int endWindow(int phase) {
    return Math.ceilDiv(target - start - phase, step);
  }

  /** Whether what a tap reads is no element of the source. */
  boolean isOutside(Tap tap, int window) {
    int place = (window + tap.shift) * split + residues[tap.part];
    return source.element(place) == AxisMap.OUTSIDE;
  }

  /** How many taps of a phase come before one that reads an element of the source in a window. */
  int firstOperandTap(int phase, int window) {
    int tap = 0;
    while (tap < taps[phase].length && isOutside(taps[phase][tap], window)) {
      tap++;
    }
    return tap;
  }

  /** One more than the last tap of a phase that reads an element of the source in a window. */
  int endOperandTap(int phase, int window) {
    int first = firstOperandTap(phase, window);
    int end = taps[phase].length;
    while (end > first && isOutside(taps[phase][end - 1], window)) {
      end--;
    }
    return end;
  }

  /**
   * The windows whose taps read an element of the source, as a share of all, where for each tap
   * there are at least {@code fewest} and a multiple of {@code unit} windows or none.
   */
  double operandShare(int unit, int fewest) {
    long all = 0;
    long operands = 0;
    for (int phase = 0; phase < taps.length; phase++) {
      for (Tap tap : taps[phase]) {
        int inside = 0;
        for (int window = firstWindow(phase); window < endWindow(phase); window++) {
          inside += isOutside(tap, window) ? 0 : 1;
        }
        all += endWindow(phase) - firstWindow(phase);
        operands += inside == 0 ? 0 : Math.ceilDiv(Math.max(inside, fewest), unit) * unit;
      }
    }
    return all == 0 || operands == 0 ? 1 : operands / (double) all;
  }

  /** Whether the source can be read where it stands: nothing around it, nothing left out. */
  boolean isInPlace() {
    return split == 1 && source.before() == 0 && source.padded() == source.input();
  }

  /** Whether each element of the target is made of the one of the source at the same place. */
  boolean isOfElements() {
    return isInPlace() && source.kernel() == 1 && step == 1;
  }
}

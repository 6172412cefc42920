// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Arrays;
import java.util.Objects;

/** Four sizes of a flat row-major array, the last index fastest: N, C, H, W for activations. */
record Shape(int size0, int size1, int size2, int size3) {

  int index(int i0, int i1, int i2, int i3) {
    return ((i0 * size1 + i1) * size2 + i2) * size3 + i3;
  }

  int elements() {
    return Math.multiplyExact(Math.multiplyExact(Math.multiplyExact(size0, size1), size2), size3);
  }

  double[] zeros() {
    return new double[elements()];
  }

  /** Requires an array of exactly this shape. */
  double[] require(String name, double[] array) {
    Objects.requireNonNull(array, name);
    if (array.length != elements()) {
      throw new IllegalArgumentException(
          "%s: %d elements do not fill %d x %d x %d x %d"
              .formatted(name, array.length, size0, size1, size2, size3));
    }
    return array;
  }

  /** The array with channel c of every image filled with {@code perChannel[c]}; zeros if null. */
  double[] broadcast(double[] perChannel) {
    double[] array = zeros();
    if (perChannel != null) {
      if (perChannel.length != size1) {
        throw new IllegalArgumentException(
            "bias: %d elements for %d channels".formatted(perChannel.length, size1));
      }
      for (int i = 0; i < array.length; i++) {
        array[i] = perChannel[channel(i)];
      }
    }
    return array;
  }

  /** The adjoint of {@link #broadcast}: each channel's sum over all images. */
  double[] sumPerChannel(double[] array) {
    double[] sums = new double[size1];
    for (int i = 0; i < array.length; i++) {
      sums[channel(i)] += array[i];
    }
    return sums;
  }

  static double[] absolute(double[] numbers) {
    return numbers == null ? null : Arrays.stream(numbers).map(Math::abs).toArray();
  }

  private int channel(int index) {
    return index / (size2 * size3) % size1;
  }
}

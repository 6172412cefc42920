// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * A shape and the elements that fill it, row-major: the last axis is the fastest. Activations are
 * N×C×H×W, or C×H×W for one image.
 *
 * <p>It is a view: whoever holds the array may change the elements. The shape never changes.
 */
public final class Tensor {
  final int[] shape;
  final float[] data;

  private Tensor(int[] shape, float[] data) {
    this.shape = shape;
    this.data = data;
  }

  /**
   * Gives a shape to an array, without a copy.
   *
   * @param data the elements
   * @param shape the size of each axis; none for a single number
   * @return the tensor
   * @throws IllegalArgumentException if a size is negative or the array does not fill the shape
   * @throws NullPointerException if an argument is null
   */
  public static Tensor of(float[] data, int... shape) {
    Objects.requireNonNull(data, "data");
    int[] sizes = Objects.requireNonNull(shape, "shape").clone();
    if (elements(sizes) != data.length) {
      throw new IllegalArgumentException(
          "shape '%s' is invalid for input of size %d"
              .formatted(Arrays.toString(sizes), data.length));
    }
    return new Tensor(sizes, data);
  }

  /**
   * A tensor of zeros.
   *
   * @param shape the size of each axis; none for a single number
   * @return the tensor
   * @throws IllegalArgumentException if a size is negative or an array cannot hold the elements
   * @throws NullPointerException if shape is null
   */
  public static Tensor zeros(int... shape) {
    int[] sizes = Objects.requireNonNull(shape, "shape").clone();
    return new Tensor(sizes, new float[elements(sizes)]);
  }

  /**
   * The number of axes.
   *
   * @return the rank
   */
  public int rank() {
    return shape.length;
  }

  /**
   * The size of one axis.
   *
   * @param axis 0 for the slowest
   * @return its elements
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public int size(int axis) {
    return shape[Objects.checkIndex(axis, shape.length)];
  }

  /**
   * The size of every axis.
   *
   * @return a copy of the shape
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * The elements.
   *
   * @return the array itself, as long as the shape says
   */
  public float[] data() {
    return data;
  }

  /** The shape as PyTorch prints it: {@code [64, 1, 28, 28]}. */
  @Override
  public String toString() {
    return Arrays.toString(shape);
  }

  private static int elements(int[] shape) {
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "Trying to create tensor with negative dimension %d: %s"
                .formatted(size, Arrays.toString(shape)));
      }
    }
    long elements = 1;
    for (int size : shape) {
      if (size == 0) {
        return 0;
      }
      // Bounded, so that no further factor takes it out of a long.
      elements = Math.min(elements * size, 1L << 32);
    }
    if (elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shape %s has more elements than an array can hold".formatted(Arrays.toString(shape)));
    }
    return (int) elements;
  }
}

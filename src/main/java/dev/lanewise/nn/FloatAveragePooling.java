// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;

/** An {@link AvgPool2d} of images of one size. */
final class FloatAveragePooling extends FloatPass {
  private final PoolShape shape;
  private final PoolWindow window;
  private final boolean countsPadding;

  FloatAveragePooling(int[] outputShape, PoolShape shape, boolean countsPadding) {
    super(outputShape);
    this.shape = shape;
    this.window = shape.window();
    this.countsPadding = countsPadding;
  }

  @Override
  void forward(float[] workspace) {
    float[] output = output();
    for (int plane = 0, out = 0; plane < shape.planes(); plane++) {
      int base = plane * shape.height() * shape.width();
      for (int row = 0; row < shape.outHeight(); row++) {
        for (int column = 0; column < shape.outWidth(); column++, out++) {
          output[out] = sum(input(), base, row, column) / share(row, column);
        }
      }
    }
  }

  @Override
  void backwardInput(float[] gradOutput, float[] workspace) {
    float[] gradInput = gradInput();
    Arrays.fill(gradInput, 0);
    for (int plane = 0, out = 0; plane < shape.planes(); plane++) {
      int base = plane * shape.height() * shape.width();
      for (int row = 0; row < shape.outHeight(); row++) {
        for (int column = 0; column < shape.outWidth(); column++, out++) {
          add(gradOutput[out] / share(row, column), gradInput, base, row, column);
        }
      }
    }
  }

  private float sum(float[] input, int base, int row, int column) {
    int left = firstColumn(column);
    int right = endColumn(column);
    float sum = 0;
    for (int h = firstRow(row); h < endRow(row); h++) {
      int start = base + h * shape.width();
      for (int w = left; w < right; w++) {
        sum += input[start + w];
      }
    }
    return sum;
  }

  private void add(float value, float[] gradInput, int base, int row, int column) {
    int left = firstColumn(column);
    int right = endColumn(column);
    for (int h = firstRow(row); h < endRow(row); h++) {
      int start = base + h * shape.width();
      for (int w = left; w < right; w++) {
        gradInput[start + w] += value;
      }
    }
  }

  /** What a window's sum is divided by; 1 if it has no element at all. */
  private long share(int row, int column) {
    long elements =
        (long) (endRow(row) - firstRow(row)) * (endColumn(column) - firstColumn(column));
    if (countsPadding) {
      // A window that stands over the edge of the padding too counts no further.
      int top = shape.top(row);
      int left = shape.left(column);
      int bottom = Math.min(top + window.kernelHeight(), shape.height() + window.paddingHeight());
      int right = Math.min(left + window.kernelWidth(), shape.width() + window.paddingWidth());
      elements = (long) (bottom - top) * (right - left);
    }
    return Math.max(elements, 1);
  }

  private int firstRow(int row) {
    return Math.max(shape.top(row), 0);
  }

  private int endRow(int row) {
    return Math.min(shape.top(row) + window.kernelHeight(), shape.height());
  }

  private int firstColumn(int column) {
    return Math.max(shape.left(column), 0);
  }

  private int endColumn(int column) {
    return Math.min(shape.left(column) + window.kernelWidth(), shape.width());
  }
}

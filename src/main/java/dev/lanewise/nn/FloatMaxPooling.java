// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;

/** A {@link MaxPool2d} of images of one size, and where each maximum was found last. */
final class FloatMaxPooling extends FloatPass {
  private static final int NOWHERE = -1;

  private final PoolShape shape;

  /** The input's index of each output's maximum. */
  private final int[] sources;

  FloatMaxPooling(PoolShape shape, int[] outputShape) {
    super(outputShape);
    this.shape = shape;
    this.sources = new int[output().length];
  }

  @Override
  void forward(float[] workspace) {
    float[] input = input();
    float[] output = output();
    boolean pairs = shape.window().equals(PoolWindow.of(2, 2));
    for (int plane = 0, out = 0; plane < shape.planes(); plane++) {
      for (int row = 0; row < shape.outHeight(); row++, out += shape.outWidth()) {
        if (pairs) {
          int above = (plane * shape.height() + 2 * row) * shape.width();
          pairs(input, above, above + shape.width(), output, out);
        } else {
          windows(input, plane, shape.top(row), output, out);
        }
      }
    }
  }

  /** Windows of 2×2 side by side. No branch depends on the data, which nothing could predict. */
  private void pairs(float[] input, int above, int below, float[] output, int out) {
    for (int column = 0; column < shape.outWidth(); column++) {
      int upper = greater(input, above + 2 * column, above + 2 * column + 1);
      int lower = greater(input, below + 2 * column, below + 2 * column + 1);
      int greatest = greater(input, upper, lower);
      output[out + column] = input[greatest];
      sources[out + column] = greatest;
    }
  }

  /** The index of the greater element; the first of equals, the last NaN. */
  private static int greater(float[] values, int first, int second) {
    float challenger = values[second];
    return challenger > values[first] | challenger != challenger ? second : first;
  }

  /** One row of outputs, of any window. */
  private void windows(float[] input, int plane, int top, float[] output, int out) {
    PoolWindow window = shape.window();
    int base = plane * shape.height() * shape.width();
    int dilationHeight = window.dilationHeight();
    int dilationWidth = window.dilationWidth();
    int firstRow = PoolShape.firstInside(top, dilationHeight);
    int rowEnd = Math.min(top + window.kernelHeight() * dilationHeight, shape.height());
    for (int column = 0; column < shape.outWidth(); column++) {
      int left = shape.left(column);
      int firstColumn = PoolShape.firstInside(left, dilationWidth);
      int columnEnd = Math.min(left + window.kernelWidth() * dilationWidth, shape.width());
      int source = NOWHERE;
      float maximum = Float.NEGATIVE_INFINITY;
      for (int h = firstRow; h < rowEnd; h += dilationHeight) {
        for (int w = firstColumn; w < columnEnd; w += dilationWidth) {
          int index = base + h * shape.width() + w;
          float value = input[index];
          if (value > maximum || value != value || source == NOWHERE) {
            maximum = value;
            source = index;
          }
        }
      }
      output[out + column] = maximum;
      sources[out + column] = source;
    }
  }

  @Override
  void backwardInput(float[] gradOutput, float[] workspace) {
    float[] gradInput = gradInput();
    Arrays.fill(gradInput, 0);
    for (int i = 0; i < sources.length; i++) {
      int source = sources[i];
      if (source != NOWHERE) {
        gradInput[source] += gradOutput[i];
      }
    }
  }
}

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
    for (int plane = 0, out = 0; plane < shape.planes(); plane++) {
      for (int row = 0; row < shape.outHeight(); row++, out += shape.outWidth()) {
        windows(input, plane, shape.top(row), output, out);
      }
    }
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

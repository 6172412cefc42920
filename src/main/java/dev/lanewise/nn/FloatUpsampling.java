// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;

/** The {@link NearestUpsampling} of planes of one size. */
final class FloatUpsampling extends FloatPass {
  private final int planes;
  private final UpsamplingAxis rows;
  private final UpsamplingAxis columns;
  private final int height;
  private final int width;
  private final int outHeight;
  private final int outWidth;

  FloatUpsampling(int[] outputShape, int planes, UpsamplingAxis rows, UpsamplingAxis columns) {
    super(outputShape);
    this.planes = planes;
    this.rows = rows;
    this.columns = columns;
    this.height = rows.starts.length - 1;
    this.width = columns.starts.length - 1;
    this.outHeight = rows.sources.length;
    this.outWidth = columns.sources.length;
  }

  @Override
  int workspaceFloats() {
    return outWidth;
  }

  /** Every row of the input is widened once and copied to the other rows that it fills. */
  @Override
  void forward(float[] workspace) {
    float[] input = input();
    float[] output = output();
    for (int plane = 0; plane < planes; plane++) {
      int planeOut = plane * outHeight * outWidth;
      for (int row = 0; row < height; row++) {
        int first = rows.starts[row];
        int end = rows.starts[row + 1];
        if (first == end) {
          continue;
        }
        int out = planeOut + first * outWidth;
        widen(input, (plane * height + row) * width, output, out);
        for (int copy = first + 1; copy < end; copy++) {
          System.arraycopy(output, out, output, planeOut + copy * outWidth, outWidth);
        }
      }
    }
  }

  /** Adds up first the rows, then the columns, that an element went to. */
  @Override
  void backwardInput(float[] gradOutput, float[] sums) {
    float[] gradInput = gradInput();
    for (int plane = 0; plane < planes; plane++) {
      int planeOut = plane * outHeight * outWidth;
      for (int row = 0; row < height; row++) {
        int in = (plane * height + row) * width;
        int first = rows.starts[row];
        int end = rows.starts[row + 1];
        if (first == end) {
          Arrays.fill(gradInput, in, in + width, 0);
          continue;
        }
        System.arraycopy(gradOutput, planeOut + first * outWidth, sums, 0, outWidth);
        for (int other = first + 1; other < end; other++) {
          add(gradOutput, planeOut + other * outWidth, sums);
        }
        narrow(sums, gradInput, in);
      }
    }
  }

  private void widen(float[] input, int in, float[] output, int out) {
    for (int w = 0; w < outWidth; w++) {
      output[out + w] = input[in + columns.sources[w]];
    }
  }

  private void add(float[] gradOutput, int out, float[] sums) {
    for (int w = 0; w < outWidth; w++) {
      sums[w] += gradOutput[out + w];
    }
  }

  private void narrow(float[] sums, float[] gradInput, int in) {
    for (int w = 0; w < width; w++) {
      float sum = 0;
      for (int i = columns.starts[w]; i < columns.starts[w + 1]; i++) {
        sum += sums[i];
      }
      gradInput[in + w] = sum;
    }
  }
}

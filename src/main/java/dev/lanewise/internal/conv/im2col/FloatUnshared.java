// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatRows;

/**
 * Filters that differ from window to window. With the col matrix of an image, K×L, and a weight of
 * OC×K×L, everything is products of rows, element by element:
 *
 * <pre>
 * output[oc] = bias[oc] + Σₖ weight[oc][k] ∘ col[k]
 * gradCol[k] = Σₒ weight[o][k] ∘ gradOutput[o],  gradWeight[oc][k] = gradOutput[oc] ∘ col[k]
 * </pre>
 *
 * <p>A few hundred windows are taken at a time, so that their part of the col matrix stays in the
 * second-level cache, and the images one after the other, so that their part of the weight does.
 */
public final class FloatUnshared {
  /** Elements of the col matrix taken at a time: 256 KiB. */
  private static final int COLUMN_ELEMENTS = 1 << 16;

  private final int batch;
  private final int outChannels;
  private final int rows;
  private final int windows;
  private final long image;
  private final int block;
  private final FloatIm2col im2col;
  private final FloatCol2im col2im;

  public FloatUnshared(ColumnShape shape, int batch, int outChannels) {
    this.batch = batch;
    this.outChannels = outChannels;
    this.rows = shape.rows();
    this.windows = shape.windows();
    this.image = (long) shape.channels() * shape.plane();
    this.block = Math.clamp(COLUMN_ELEMENTS / rows, 1, windows);
    this.im2col = new FloatIm2col(shape);
    this.col2im = new FloatCol2im(shape);
  }

  /** A part of the col matrix, and a row each of the weight and of the output. */
  public int workspaceFloats() {
    return (rows + 2) * block;
  }

  public String describe() {
    return "row products: %d windows of %d products at a time".formatted(block, rows);
  }

  /** {@code bias} may be null. */
  public void forward(
      Object input,
      long inputOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object output,
      long outputOffset,
      float[] workspace,
      int columns) {
    int sum = columns + rows * block;
    int scratch = sum + block;
    for (int window = 0; window < windows; window += block) {
      int count = Math.min(block, windows - window);
      for (int n = 0; n < batch; n++) {
        unfold(input, inputOffset + n * image, window, count, workspace, columns);
        for (int oc = 0; oc < outChannels; oc++) {
          if (bias == null) {
            FloatMemory.fill(workspace, sum, count, 0);
          } else {
            FloatMemory.copy(bias, biasOffset + at(oc, window), workspace, sum, count);
          }
          for (int k = 0; k < rows; k++) {
            addProducts(
                weight,
                weightOffset + weightAt(oc, k, window),
                workspace,
                columns + k * block,
                sum,
                scratch,
                count);
          }
          FloatMemory.copy(
              workspace, sum, output, outputOffset + at(n * outChannels + oc, window), count);
        }
      }
    }
  }

  public void backwardInput(
      Object gradOutput,
      long gradOutputOffset,
      Object weight,
      long weightOffset,
      Object gradInput,
      long gradInputOffset,
      float[] workspace,
      int columns) {
    int gradient = columns + rows * block;
    int scratch = gradient + block;
    FloatMemory.fill(gradInput, gradInputOffset, batch * image, 0);
    for (int window = 0; window < windows; window += block) {
      int count = Math.min(block, windows - window);
      for (int n = 0; n < batch; n++) {
        FloatMemory.fill(workspace, columns, (long) rows * block, 0);
        for (int oc = 0; oc < outChannels; oc++) {
          FloatMemory.copy(
              gradOutput,
              gradOutputOffset + at(n * outChannels + oc, window),
              workspace,
              gradient,
              count);
          for (int k = 0; k < rows; k++) {
            addProducts(
                weight,
                weightOffset + weightAt(oc, k, window),
                workspace,
                gradient,
                columns + k * block,
                scratch,
                count);
          }
        }
        long target = gradInputOffset + n * image;
        for (int k = 0; k < rows; k++) {
          col2im.addRow(workspace, columns + k * block, gradInput, target, k, window, count);
        }
      }
    }
  }

  /** Adds to {@code gradWeight}. */
  public void backwardWeight(
      Object input,
      long inputOffset,
      Object gradOutput,
      long gradOutputOffset,
      Object gradWeight,
      long gradWeightOffset,
      float[] workspace,
      int columns) {
    int gradient = columns + rows * block;
    int scratch = gradient + block;
    for (int window = 0; window < windows; window += block) {
      int count = Math.min(block, windows - window);
      for (int n = 0; n < batch; n++) {
        unfold(input, inputOffset + n * image, window, count, workspace, columns);
        for (int oc = 0; oc < outChannels; oc++) {
          FloatMemory.copy(
              gradOutput,
              gradOutputOffset + at(n * outChannels + oc, window),
              workspace,
              gradient,
              count);
          for (int k = 0; k < rows; k++) {
            addProductsTo(
                gradWeight,
                gradWeightOffset + weightAt(oc, k, window),
                workspace,
                gradient,
                columns + k * block,
                scratch,
                count);
          }
        }
      }
    }
  }

  /** Adds to {@code gradBias}. */
  public void backwardBias(
      Object gradOutput, long gradOutputOffset, Object gradBias, long gradBiasOffset) {
    for (int n = 0; n < batch; n++) {
      for (int oc = 0; oc < outChannels; oc++) {
        FloatMemory.add(
            gradOutput,
            gradOutputOffset + at(n * outChannels + oc, 0),
            gradBias,
            gradBiasOffset + at(oc, 0),
            windows);
      }
    }
  }

  private void unfold(
      Object input, long offset, int window, int count, float[] workspace, int columns) {
    for (int k = 0; k < rows; k++) {
      im2col.row(input, offset, k, window, count, workspace, columns + (long) k * block);
    }
  }

  /** workspace[sum…] += weight[…] ∘ workspace[factor…]. */
  private static void addProducts(
      Object weight,
      long weightIndex,
      float[] workspace,
      int factor,
      int sum,
      int scratch,
      int count) {
    if (weight instanceof float[] array) {
      FloatRows.BEST.addProducts(
          array, (int) weightIndex, workspace, factor, workspace, sum, count);
    } else {
      FloatMemory.copy(weight, weightIndex, workspace, scratch, count);
      FloatRows.BEST.addProducts(workspace, scratch, workspace, factor, workspace, sum, count);
    }
  }

  /** gradWeight[…] += workspace[gradient…] ∘ workspace[column…]. */
  private static void addProductsTo(
      Object gradWeight,
      long gradWeightIndex,
      float[] workspace,
      int gradient,
      int column,
      int scratch,
      int count) {
    if (gradWeight instanceof float[] array) {
      FloatRows.BEST.addProducts(
          workspace, gradient, workspace, column, array, (int) gradWeightIndex, count);
    } else {
      FloatMemory.copy(gradWeight, gradWeightIndex, workspace, scratch, count);
      FloatRows.BEST.addProducts(workspace, gradient, workspace, column, workspace, scratch, count);
      FloatMemory.copy(workspace, scratch, gradWeight, gradWeightIndex, count);
    }
  }

  private long at(int channel, int window) {
    return (long) channel * windows + window;
  }

  private long weightAt(int outChannel, int row, int window) {
    return ((long) outChannel * rows + row) * windows + window;
  }
}

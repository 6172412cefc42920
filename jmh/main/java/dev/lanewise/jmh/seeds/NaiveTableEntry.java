// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.jmh.naive.NaiveConvolution;
import dev.lanewise.jmh.naive.NaiveUpsampling;

/** By nested loops. */
final class NaiveTableEntry implements TableEntry {
  private final SeedTable table;
  private final NaiveConvolution conv;
  private final NaiveUpsampling upsampling;
  private final float[] input;
  private final float[] weight;
  private final float[] output;
  private final float[] gradOutput;
  private final float[] gradInput;
  private final float[] gradWeight;

  NaiveTableEntry(SeedTable table, SeedTable.Size size, float[] input, float[] weight) {
    int n = size.samples();
    int c = size.channels();
    this.table = table;
    this.conv =
        new NaiveConvolution(
            Conv2dGeometry.input(n, c, SeedTable.SIDE, SeedTable.SIDE)
                .kernel(c, SeedTable.KERNEL, SeedTable.KERNEL)
                .padding(SeedTable.KERNEL / 2));
    this.upsampling = new NaiveUpsampling(n * c, SeedTable.SIDE, SeedTable.SIDE, SeedTable.SCALE);
    this.input = input;
    this.weight = weight;
    this.output = new float[n * c * table.outSide() * table.outSide()];
    this.gradOutput = new float[output.length];
    this.gradInput = new float[input.length];
    this.gradWeight = new float[table.convolution() ? weight.length : 0];
  }

  @Override
  public float[] forward() {
    if (table.convolution()) {
      conv.forward(input, weight, output);
    } else {
      upsampling.forward(input, output);
    }
    return output;
  }

  @Override
  public float[] backward(float[] gradient) {
    if (table.convolution()) {
      conv.backwardWeight(input, gradient, gradWeight);
      conv.backwardInput(gradient, weight, gradInput);
    } else {
      upsampling.backward(gradient, gradInput);
    }
    return gradInput;
  }

  @Override
  public float[] gradWeight() {
    return gradWeight;
  }

  @Override
  public void forwardAndBackward() {
    forward();
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      sum += output[i] * output[i];
      gradOutput[i] = 2 * output[i] / output.length;
    }
    if (Double.isNaN(sum / output.length)) {
      throw new IllegalStateException("the loss is NaN");
    }
    backward(gradOutput);
  }
}

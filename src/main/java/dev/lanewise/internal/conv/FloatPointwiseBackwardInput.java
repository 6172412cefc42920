// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatRowPanels;

/** A 1×1 kernel without stride or padding: weightᵀ · filtered is the image itself. */
final class FloatPointwiseBackwardInput implements FloatBackwardInput {
  private final ConvShape shape;
  private final FloatGemmLoops loops;

  FloatPointwiseBackwardInput(ConvShape shape) {
    this.shape = shape;
    int channels = shape.columns().rows();
    int windows = shape.columns().windows();
    loops =
        new FloatGemmLoops(
            channels,
            windows,
            shape.filters(),
            FloatPackedRows.ofTransposed(channels),
            new FloatRowPanels(windows));
  }

  @Override
  public int workspaceFloats() {
    return loops.workspaceFloats();
  }

  @Override
  public String describe() {
    return "pointwise: one tap on every element, so no col2im; " + loops.describe();
  }

  @Override
  public void run(
      Object filtered,
      long filteredOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object images,
      long imagesOffset,
      float[] workspace,
      int workspaceOffset) {
    int plane = shape.columns().plane();
    int channels = shape.groups() * shape.columns().channels();
    FloatPlanes.fill(images, imagesOffset, shape.batch(), channels, plane, bias, biasOffset);
    for (int group = 0; group < shape.groups(); group++) {
      loops.run(
          shape.batch(),
          1,
          weight,
          weightOffset + group * shape.weightGroup(),
          filtered,
          filteredOffset + group * shape.filteredGroup(),
          shape.filtered(),
          1,
          images,
          imagesOffset + group * shape.imageGroup(),
          shape.image(),
          plane,
          workspace,
          workspaceOffset);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatRowPanels;

/** A 1×1 kernel without stride or padding: weightᵀ · filtered is the image itself. */
public final class FloatPointwiseBackwardInput extends FloatUnpackedFilter {
  private final ConvShape shape;
  private final FloatGemmLoops loops;

  public FloatPointwiseBackwardInput(ConvShape shape, FloatEpilogue epilogue) {
    super(
        shape,
        epilogue,
        shape.groups() * shape.columns().channels(),
        shape.columns().plane(),
        true);
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
  long sourceElements() {
    return shape.filtered();
  }

  @Override
  void run(
      Object filtered,
      long filteredOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object images,
      long imagesOffset,
      int batch,
      int firstPixel,
      int endPixel,
      float[] workspace,
      int workspaceOffset) {
    for (int group = 0; group < shape.groups(); group++) {
      loops.run(
          batch,
          firstPixel,
          endPixel,
          1,
          weight,
          weightOffset + group * shape.weightGroup(),
          filtered,
          filteredOffset + group * shape.filteredGroup(),
          shape.filtered(),
          0,
          bias,
          biasOffset + (long) group * shape.columns().channels(),
          images,
          imagesOffset + group * shape.imageGroup(),
          shape.image(),
          shape.columns().plane(),
          workspace,
          workspaceOffset);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatRowPanels;

/** A 1×1 kernel without stride or padding: weightᵀ · filtered is the image itself. */
final class FloatPointwiseBackwardInput extends FloatUnpackedFilter {
  private final ConvShape shape;
  private final FloatEpilogue epilogue;
  private final FloatGemmLoops loops;

  FloatPointwiseBackwardInput(ConvShape shape, FloatEpilogue epilogue) {
    super(shape);
    this.shape = shape;
    this.epilogue = epilogue;
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
  FloatEpilogue epilogue() {
    return epilogue;
  }

  @Override
  long sourceElements() {
    return shape.filtered();
  }

  @Override
  long targetElements() {
    return shape.image();
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
      float[] workspace,
      int workspaceOffset) {
    int plane = shape.columns().plane();
    int channels = shape.groups() * shape.columns().channels();
    FloatPlanes.fill(images, imagesOffset, batch, channels, plane, bias, biasOffset);
    for (int group = 0; group < shape.groups(); group++) {
      loops.run(
          batch,
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

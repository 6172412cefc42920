// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatPanels;

/** Filtering as one matrix product per group and image, whatever packs the col matrix. */
abstract class FloatGemmForward extends FloatUnpackedFilter {
  private final ConvShape shape;
  private final String name;
  private final FloatGemmLoops loops;

  FloatGemmForward(ConvShape shape, FloatEpilogue epilogue, String name, FloatPanels columns) {
    super(shape, epilogue, shape.groups() * shape.filters(), shape.columns().windows(), true);
    this.shape = shape;
    this.name = name;
    int rows = shape.columns().rows();
    loops =
        new FloatGemmLoops(
            shape.filters(), shape.columns().windows(), rows, FloatPackedRows.of(rows), columns);
  }

  @Override
  public final int workspaceFloats() {
    return loops.workspaceFloats();
  }

  @Override
  public final String describe() {
    return name + "; " + loops.describe();
  }

  @Override
  final long sourceElements() {
    return shape.image();
  }

  @Override
  final void run(
      Object images,
      long imagesOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object filtered,
      long filteredOffset,
      int batch,
      int firstWindow,
      int endWindow,
      float[] workspace,
      int workspaceOffset) {
    for (int group = 0; group < shape.groups(); group++) {
      loops.run(
          batch,
          firstWindow,
          endWindow,
          1,
          weight,
          weightOffset + group * shape.weightGroup(),
          images,
          imagesOffset + group * shape.imageGroup(),
          shape.image(),
          0,
          bias,
          biasOffset + (long) group * shape.filters(),
          filtered,
          filteredOffset + group * shape.filteredGroup(),
          shape.filtered(),
          shape.columns().windows(),
          workspace,
          workspaceOffset);
    }
  }
}

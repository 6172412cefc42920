// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatPanels;

/** Filtering as one matrix product per group and image, whatever packs the col matrix. */
abstract class FloatGemmForward implements FloatForward {
  private final ConvShape shape;
  private final String name;
  private final FloatGemmLoops loops;

  FloatGemmForward(ConvShape shape, String name, FloatPanels columns) {
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
  public final void run(
      Object images,
      long imagesOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object filtered,
      long filteredOffset,
      float[] workspace,
      int workspaceOffset) {
    int windows = shape.columns().windows();
    FloatPlanes.fill(
        filtered,
        filteredOffset,
        shape.batch(),
        shape.groups() * shape.filters(),
        windows,
        bias,
        biasOffset);
    for (int group = 0; group < shape.groups(); group++) {
      loops.run(
          shape.batch(),
          1,
          weight,
          weightOffset + group * shape.weightGroup(),
          images,
          imagesOffset + group * shape.imageGroup(),
          shape.image(),
          1,
          filtered,
          filteredOffset + group * shape.filteredGroup(),
          shape.filtered(),
          windows,
          workspace,
          workspaceOffset);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatPanels;

/**
 * The weight's gradient as one matrix product per group and image, whatever packs the col matrix.
 */
abstract class FloatGemmBackwardWeight implements FloatBackwardWeight {
  private final ConvShape shape;
  private final String name;
  private final FloatGemmLoops loops;

  FloatGemmBackwardWeight(ConvShape shape, String name, FloatPanels transposedColumns) {
    this.shape = shape;
    this.name = name;
    int windows = shape.columns().windows();
    loops =
        new FloatGemmLoops(
            shape.filters(),
            shape.columns().rows(),
            windows,
            FloatPackedRows.of(windows),
            transposedColumns);
  }

  @Override
  public final int workspaceFloats() {
    return loops.workspaceFloats();
  }

  @Override
  public final int parts() {
    return shape.groups();
  }

  @Override
  public final boolean canOverwrite() {
    return shape.batch() > 0 && shape.columns().windows() > 0;
  }

  @Override
  public final String describe() {
    return name + "; " + loops.describe();
  }

  @Override
  public final void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    for (int group = firstPart; group < endPart; group++) {
      for (int n = 0; n < shape.batch(); n++) {
        loops.run(
            1,
            0,
            shape.columns().rows(),
            1,
            filtered,
            filteredOffset + n * shape.filtered() + group * shape.filteredGroup(),
            images,
            imagesOffset + n * shape.image() + group * shape.imageGroup(),
            0,
            overwrites && n == 0 ? 0 : 1,
            null,
            0,
            gradWeight,
            gradWeightOffset + group * shape.weightGroup(),
            0,
            shape.columns().rows(),
            workspace,
            workspaceOffset);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatPanels;

/** Filtering as one matrix product per group and image, whatever packs the col matrix. */
abstract class FloatGemmForward extends FloatUnpackedFilter {
  private final ConvShape shape;
  private final FloatEpilogue epilogue;
  private final String name;
  private final FloatGemmLoops loops;

  FloatGemmForward(ConvShape shape, FloatEpilogue epilogue, String name, FloatPanels columns) {
    super(shape);
    this.shape = shape;
    this.epilogue = epilogue;
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
  final FloatEpilogue epilogue() {
    return epilogue;
  }

  @Override
  final long sourceElements() {
    return shape.image();
  }

  @Override
  final long targetElements() {
    return shape.filtered();
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
      float[] workspace,
      int workspaceOffset) {
    int windows = shape.columns().windows();
    FloatPlanes.fill(
        filtered,
        filteredOffset,
        batch,
        shape.groups() * shape.filters(),
        windows,
        bias,
        biasOffset);
    for (int group = 0; group < shape.groups(); group++) {
      loops.run(
          batch,
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

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.gemm.FloatPanels;

/** Any shape: B is packed from the image, without a col matrix. */
public final class FloatImplicitGemmBackwardWeight extends FloatGemmBackwardWeight {
  public FloatImplicitGemmBackwardWeight(ConvShape shape) {
    super(
        shape, "implicit GEMM: applies always; im2col is part of packing", panels(shape.columns()));
  }

  private static FloatPanels panels(ColumnShape columns) {
    return FloatGatheredColumnPanels.applies(columns)
        ? new FloatGatheredColumnPanels(columns)
        : new FloatIm2colColumnPanels(columns);
  }
}

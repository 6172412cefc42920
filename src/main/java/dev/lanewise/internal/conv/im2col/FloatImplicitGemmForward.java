// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;

/** Any shape: im2col happens while B is packed. */
public final class FloatImplicitGemmForward extends FloatGemmForward {
  public FloatImplicitGemmForward(ConvShape shape, FloatEpilogue epilogue) {
    super(
        shape,
        epilogue,
        "implicit GEMM: applies always; im2col is part of packing",
        new FloatIm2colRowPanels(shape.columns()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/** Any shape: im2col happens while B is packed. */
final class FloatImplicitGemmForward extends FloatGemmForward {
  FloatImplicitGemmForward(ConvShape shape, FloatEpilogue epilogue) {
    super(
        shape,
        epilogue,
        "implicit GEMM: applies always; im2col is part of packing",
        new FloatIm2colRowPanels(shape.columns()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/** Any shape: im2col and a transposition happen while B is packed. */
final class FloatImplicitGemmBackwardWeight extends FloatGemmBackwardWeight {
  FloatImplicitGemmBackwardWeight(ConvShape shape) {
    super(
        shape,
        "implicit GEMM: applies always; im2col is part of packing",
        new FloatIm2colColumnPanels(shape.columns()));
  }
}

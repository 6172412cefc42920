// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.gemm.FloatRowPanels;

/** A 1×1 kernel without stride or padding: the image is its own col matrix. */
public final class FloatPointwiseForward extends FloatGemmForward {
  public FloatPointwiseForward(ConvShape shape, FloatEpilogue epilogue) {
    super(
        shape,
        epilogue,
        "pointwise: one tap on every element, so the input is its own col matrix",
        new FloatRowPanels(shape.columns().windows()));
  }
}

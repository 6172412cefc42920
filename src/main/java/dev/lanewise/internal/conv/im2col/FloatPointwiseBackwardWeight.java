// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.gemm.FloatColumnPanels;

/** A 1×1 kernel without stride or padding: the image is its own col matrix. */
public final class FloatPointwiseBackwardWeight extends FloatGemmBackwardWeight {
  public FloatPointwiseBackwardWeight(ConvShape shape) {
    super(
        shape,
        "pointwise: one tap on every element, so the input is its own col matrix",
        new FloatColumnPanels(shape.columns().windows()));
  }
}

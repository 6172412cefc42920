// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import dev.lanewise.internal.gemm.FloatColumnPanels;

/** A 1×1 kernel without stride or padding: the image is its own col matrix. */
final class FloatPointwiseBackwardWeight extends FloatGemmBackwardWeight {
  FloatPointwiseBackwardWeight(ConvShape shape) {
    super(
        shape,
        "pointwise: one tap on every element, so the input is its own col matrix",
        new FloatColumnPanels(shape.columns().windows()));
  }
}

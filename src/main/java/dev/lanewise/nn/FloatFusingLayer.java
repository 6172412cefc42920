// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/** A layer that can take the layers behind it over into its write-back. */
abstract class FloatFusingLayer extends FloatWeightedLayer {
  FloatFusingLayer(Parameter weight, Parameter bias) {
    super(weight, bias);
  }

  /** The layer in evaluation at one input shape, with a copy of its parameters. */
  abstract FloatStep fused(int[] inputShape, FloatFusion fusion);

  /** The output channel of an element of the weight. */
  abstract int outChannel(int element);
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Activation;
import dev.lanewise.conv.Arithmetic;
import java.util.concurrent.Executor;

/**
 * What a convolution takes over from the layers behind it, and how it may compute.
 *
 * @param normalization follows the convolution, in evaluation; null for none
 * @param activation follows that
 * @param arithmetic which algorithms may be chosen
 * @param executor lends threads
 * @param threads how many work on a call at the most
 */
record FloatFusion(
    BatchNorm2d normalization,
    Activation activation,
    Arithmetic arithmetic,
    Executor executor,
    int threads) {

  /**
   * The convolution's output, if what follows is defined for it.
   *
   * @throws IllegalArgumentException if the normalization has other channels
   */
  Tensor output(int[] shape) {
    if (normalization != null) {
      normalization.images(shape);
    }
    return Tensor.zeros(shape);
  }

  /**
   * The weight that includes the normalization's factors.
   *
   * @param layer knows the output channel that an element of the weight belongs to
   */
  float[] weight(float[] weight, FloatFusingLayer layer) {
    if (normalization == null) {
      return weight;
    }
    float[] folded = new float[weight.length];
    for (int i = 0; i < weight.length; i++) {
      folded[i] = (float) (weight[i] * normalization.factor(layer.outChannel(i)));
    }
    return folded;
  }

  /** The bias that includes the normalization's shifts; null for none. */
  float[] bias(float[] bias, int channels) {
    if (normalization == null) {
      return bias == null ? null : bias.clone();
    }
    float[] folded = new float[channels];
    for (int c = 0; c < channels; c++) {
      folded[c] = (float) normalization.normalized(c, bias == null ? 0 : bias[c]);
    }
    return folded;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;
import java.util.Optional;

/** A layer that learns a weight and, unless it is built without, a bias. */
abstract class FloatWeightedLayer extends FloatPlannedLayer {
  private final Parameter weight;
  private final Parameter bias;

  /** {@code bias} may be null. */
  FloatWeightedLayer(Parameter weight, Parameter bias) {
    super(bias == null ? List.of(weight) : List.of(weight, bias));
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * The weight.
   *
   * @return the parameter called {@code weight}
   */
  public Parameter weight() {
    return weight;
  }

  /**
   * The bias.
   *
   * @return the parameter called {@code bias}; empty if the layer has none
   */
  public Optional<Parameter> bias() {
    return Optional.ofNullable(bias);
  }

  final boolean hasBias() {
    return bias != null;
  }

  final float[] weightValue() {
    return weight.value().data;
  }

  final float[] weightGradient() {
    return weight.gradient().data;
  }

  /** Null without a bias, as the operators take it. */
  final float[] biasValue() {
    return bias == null ? null : bias.value().data;
  }

  final float[] biasGradient() {
    return bias.gradient().data;
  }
}

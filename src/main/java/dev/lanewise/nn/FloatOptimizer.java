// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;
import java.util.Objects;

/**
 * What the optimizers share: the parameters and the learning rate.
 *
 * <p>No public method is final: the compiler repeats the others in the public optimizers, where
 * reflection can call them.
 */
abstract class FloatOptimizer implements Optimizer {
  private final List<Parameter> parameters;
  private double learningRate;

  FloatOptimizer(List<Parameter> parameters, double learningRate) {
    this.parameters = parameters;
    this.learningRate = learningRate;
  }

  @Override
  public void zeroGrad() {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).zeroGrad();
    }
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public void learningRate(double learningRate) {
    requireLearningRate(learningRate);
    this.learningRate = learningRate;
  }

  final int count() {
    return parameters.size();
  }

  final float[] value(int parameter) {
    return parameters.get(parameter).value().data;
  }

  final float[] gradient(int parameter) {
    return parameters.get(parameter).gradient().data;
  }

  static List<Parameter> copy(List<Parameter> parameters) {
    return List.copyOf(Objects.requireNonNull(parameters, "parameters"));
  }

  /** What an optimizer remembers of each element, 0 at first. */
  static List<float[]> zeros(List<Parameter> parameters) {
    return parameters.stream().map(p -> new float[p.value().data.length]).toList();
  }

  static void requireLearningRate(double learningRate) {
    if (!(learningRate >= 0)) {
      throw new IllegalArgumentException("Invalid learning rate: " + learningRate);
    }
  }

  static void requireMomentum(double momentum) {
    if (!(momentum >= 0)) {
      throw new IllegalArgumentException("Invalid momentum value: " + momentum);
    }
  }
}

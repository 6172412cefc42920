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
  public StateDict stateDict() {
    return new StateDict().realNumber("learning_rate", this::learningRate, this::learningRate);
  }

  /** Adds what an optimizer remembers of each element, under PyTorch's name for it. */
  final void add(StateDict state, String name, List<Tensor> memories) {
    for (int i = 0; i < parameters.size(); i++) {
      state.tensor(parameters.get(i).name() + "." + name, memories.get(i));
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
  static List<Tensor> zeros(List<Parameter> parameters) {
    return parameters.stream().map(p -> Tensor.zeros(p.value().shape)).toList();
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

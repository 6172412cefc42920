// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * Stochastic gradient descent with momentum as Qian and Ruder write it, the learning rate inside
 * the velocity. Each step does for every element, with value θ, gradient g and a velocity v that
 * starts at 0:
 *
 * <pre>
 * v ← momentum·v + learningRate·g
 * θ ← θ − v
 * </pre>
 *
 * <p>A new learning rate changes the gradients to come and leaves the velocity as it is. {@link
 * TorchSgd} has it outside; while the learning rate stays the same, the two agree but for rounding.
 *
 * <p>Ning Qian, <i>On the momentum term in gradient descent learning algorithms</i>, 1999;
 * Sebastian Ruder, 2016, arXiv:1609.04747, section 4.1.
 */
public final class Sgd extends FloatOptimizer {
  private final List<Tensor> velocities;
  private final double momentum;

  private Sgd(Builder builder) {
    super(builder.parameters, builder.learningRate);
    this.velocities = zeros(builder.parameters);
    this.momentum = builder.momentum;
  }

  /**
   * An optimizer for some parameters.
   *
   * @param parameters what to change, such as {@link Layer#parameters} of a network
   * @return a builder with learning rate 0.001 and no momentum
   * @throws NullPointerException if the list or a parameter is null
   */
  public static Builder of(List<Parameter> parameters) {
    return new Builder(copy(parameters));
  }

  @Override
  public void step() {
    for (int i = 0; i < count(); i++) {
      update(
          value(i), gradient(i), velocities.get(i).data, (float) momentum, (float) learningRate());
    }
  }

  @Override
  public StateDict stateDict() {
    StateDict state = super.stateDict();
    add(state, "velocity", velocities);
    return state;
  }

  private static void update(
      float[] value, float[] gradient, float[] velocity, float momentum, float learningRate) {
    for (int i = 0; i < value.length; i++) {
      float v = momentum * velocity[i] + learningRate * gradient[i];
      velocity[i] = v;
      value[i] -= v;
    }
  }

  /** Sets the constants of an {@link Sgd}. Each method changes the builder and returns it. */
  public static final class Builder {
    private final List<Parameter> parameters;
    private double learningRate = 1e-3;
    private double momentum;

    private Builder(List<Parameter> parameters) {
      this.parameters = parameters;
    }

    /**
     * Sets how far a step goes.
     *
     * @param learningRate the learning rate
     * @return this
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public Builder learningRate(double learningRate) {
      requireLearningRate(learningRate);
      this.learningRate = learningRate;
      return this;
    }

    /**
     * Sets how much of the velocity a step keeps.
     *
     * @param momentum the factor, 0 for none
     * @return this
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public Builder momentum(double momentum) {
      requireMomentum(momentum);
      this.momentum = momentum;
      return this;
    }

    /**
     * Makes an optimizer that has taken no step.
     *
     * @return the optimizer
     */
    public Sgd build() {
      return new Sgd(this);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * Stochastic gradient descent with momentum as PyTorch's {@code SGD} computes it, the learning rate
 * outside the velocity. Each step does for every element, with value θ, gradient g and velocity v:
 *
 * <pre>
 * g ← g + weightDecay·θ
 * v ← g at the first step, momentum·v + (1 − dampening)·g at the others; g without momentum
 * θ ← θ − learningRate·v, or with Nesterov's momentum θ − learningRate·(g + momentum·v)
 * </pre>
 *
 * <p>A new learning rate multiplies the whole velocity at once; {@link Sgd} has it inside.
 */
public final class TorchSgd extends FloatOptimizer {
  private final List<Tensor> velocities;
  private final double momentum;
  private final double dampening;
  private final double weightDecay;
  private final boolean nesterov;
  private long step;

  private TorchSgd(Builder builder) {
    super(builder.parameters, builder.learningRate);
    this.velocities = zeros(builder.parameters);
    this.momentum = builder.momentum;
    this.dampening = builder.dampening;
    this.weightDecay = builder.weightDecay;
    this.nesterov = builder.nesterov;
  }

  /**
   * An optimizer for some parameters.
   *
   * @param parameters what to change, such as {@link Layer#parameters} of a network
   * @return a builder with PyTorch's settings: learning rate 0.001 and nothing else
   * @throws NullPointerException if the list or a parameter is null
   */
  public static Builder of(List<Parameter> parameters) {
    return new Builder(copy(parameters));
  }

  @Override
  public void step() {
    // The velocity of the first step is 0·v + 1·g, and that of all where there is no momentum.
    boolean keeps = step > 0 && momentum != 0;
    float kept = keeps ? (float) momentum : 0;
    float share = keeps ? (float) (1 - dampening) : 1;
    for (int i = 0; i < count(); i++) {
      update(
          value(i),
          gradient(i),
          velocities.get(i).data,
          kept,
          share,
          (float) weightDecay,
          nesterov ? 1 : 0,
          nesterov ? (float) momentum : 1,
          (float) learningRate());
    }
    step++;
  }

  @Override
  public StateDict stateDict() {
    StateDict state = super.stateDict();
    state.wholeNumber("step", () -> step, loaded -> step = loaded);
    add(state, "momentum_buffer", velocities);
    return state;
  }

  private static void update(
      float[] value,
      float[] gradient,
      float[] velocity,
      float kept,
      float share,
      float weightDecay,
      float gradientShare,
      float velocityShare,
      float learningRate) {
    for (int i = 0; i < value.length; i++) {
      float g = gradient[i] + weightDecay * value[i];
      float v = kept * velocity[i] + share * g;
      velocity[i] = v;
      value[i] -= learningRate * (gradientShare * g + velocityShare * v);
    }
  }

  /** Sets the constants of a {@link TorchSgd}. Each method changes the builder and returns it. */
  public static final class Builder {
    private final List<Parameter> parameters;
    private double learningRate = 1e-3;
    private double momentum;
    private double dampening;
    private double weightDecay;
    private boolean nesterov;

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
     * Sets what part of a gradient the velocity leaves out after the first step.
     *
     * @param dampening the part, 0 for none
     * @return this
     */
    public Builder dampening(double dampening) {
      this.dampening = dampening;
      return this;
    }

    /**
     * Adds the value itself, times a factor, to each gradient.
     *
     * @param weightDecay the factor, 0 for none
     * @return this
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public Builder weightDecay(double weightDecay) {
      if (!(weightDecay >= 0)) {
        throw new IllegalArgumentException("Invalid weight_decay value: " + weightDecay);
      }
      this.weightDecay = weightDecay;
      return this;
    }

    /**
     * Looks one step of the velocity ahead.
     *
     * @return this
     */
    public Builder nesterov() {
      nesterov = true;
      return this;
    }

    /**
     * Makes an optimizer that has taken no step.
     *
     * @return the optimizer
     * @throws IllegalArgumentException if Nesterov's momentum is asked for without a momentum or
     *     with dampening
     */
    public TorchSgd build() {
      if (nesterov && (momentum <= 0 || dampening != 0)) {
        throw new IllegalArgumentException(
            "Nesterov momentum requires a momentum and zero dampening");
      }
      return new TorchSgd(this);
    }
  }
}

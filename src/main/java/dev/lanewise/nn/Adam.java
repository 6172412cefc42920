// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * Kingma and Ba's optimizer, as PyTorch computes it. Step t = 1, 2, … does for each element, with
 * value θ, gradient g, and m and v that start at 0:
 *
 * <pre>
 * m ← m + (1 − β₁)·(g − m)
 * v ← β₂·v + (1 − β₂)·g·g
 * θ ← θ − (learningRate / (1 − β₁ᵗ))·m / (√v / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * <p>Factors without an element are computed in double and rounded once.
 *
 * <p>Diederik P. Kingma and Jimmy Ba, 2015, arXiv:1412.6980, Algorithm 1.
 */
public final class Adam extends FloatOptimizer {
  private final List<Tensor> means;
  private final List<Tensor> squares;
  private final double beta1;
  private final double beta2;
  private final double epsilon;

  // β₁ᵗ and β₂ᵗ. A power function would allocate (StrictMath) or differ between machines (Math).
  private long step;
  private double power1 = 1;
  private double power2 = 1;

  private Adam(Builder builder) {
    super(builder.parameters, builder.learningRate);
    this.means = zeros(builder.parameters);
    this.squares = zeros(builder.parameters);
    this.beta1 = builder.beta1;
    this.beta2 = builder.beta2;
    this.epsilon = builder.epsilon;
  }

  /**
   * An optimizer for some parameters.
   *
   * @param parameters what to change, such as {@link Layer#parameters} of a network
   * @return a builder with learning rate 0.001, betas 0.9 and 0.999, and epsilon 10⁻⁸
   * @throws NullPointerException if the list or a parameter is null
   */
  public static Builder of(List<Parameter> parameters) {
    return new Builder(copy(parameters));
  }

  @Override
  public void step() {
    advance();
    for (int i = 0; i < count(); i++) {
      update(
          value(i),
          gradient(i),
          means.get(i).data,
          squares.get(i).data,
          (float) (1 - beta1),
          (float) beta2,
          (float) (1 - beta2),
          (float) (learningRate() / (1 - power1)),
          (float) Math.sqrt(1 - power2),
          (float) epsilon);
    }
  }

  @Override
  public StateDict stateDict() {
    StateDict state = super.stateDict();
    state.wholeNumber("step", () -> step, this::advanceTo);
    add(state, "exp_avg", means);
    add(state, "exp_avg_sq", squares);
    return state;
  }

  private void advance() {
    step++;
    power1 *= beta1;
    power2 *= beta2;
  }

  /** The powers get the bits that as many steps would have given them. */
  private void advanceTo(long loaded) {
    power1 = 1;
    power2 = 1;
    double before = Double.NaN;
    // Sooner or later the powers have come down to 0 and stay.
    for (step = 0; step < loaded && power1 + power2 != before; ) {
      before = power1 + power2;
      advance();
    }
    step = loaded;
  }

  private static void update(
      float[] value,
      float[] gradient,
      float[] mean,
      float[] square,
      float meanShare,
      float squareKept,
      float squareShare,
      float stepSize,
      float rootCorrection,
      float epsilon) {
    for (int i = 0; i < value.length; i++) {
      float g = gradient[i];
      float m = mean[i] + meanShare * (g - mean[i]);
      float v = squareKept * square[i] + squareShare * g * g;
      mean[i] = m;
      square[i] = v;
      value[i] -= stepSize * m / ((float) Math.sqrt(v) / rootCorrection + epsilon);
    }
  }

  /** Sets the constants of an {@link Adam}. Each method changes the builder and returns it. */
  public static final class Builder {
    private final List<Parameter> parameters;
    private double learningRate = 1e-3;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double epsilon = 1e-8;

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
     * Sets how much of its past each average keeps at a step.
     *
     * @param beta1 β₁, for the gradients
     * @param beta2 β₂, for their squares
     * @return this
     * @throws IllegalArgumentException if one is not in [0, 1)
     */
    public Builder betas(double beta1, double beta2) {
      requireBeta(0, beta1);
      requireBeta(1, beta2);
      this.beta1 = beta1;
      this.beta2 = beta2;
      return this;
    }

    /**
     * Sets what keeps the denominator from 0.
     *
     * @param epsilon ε
     * @return this
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public Builder epsilon(double epsilon) {
      if (!(epsilon >= 0)) {
        throw new IllegalArgumentException("Invalid epsilon value: " + epsilon);
      }
      this.epsilon = epsilon;
      return this;
    }

    /**
     * Makes an optimizer that has taken no step.
     *
     * @return the optimizer
     */
    public Adam build() {
      return new Adam(this);
    }

    private static void requireBeta(int index, double beta) {
      if (!(beta >= 0 && beta < 1)) {
        throw new IllegalArgumentException(
            "Invalid beta parameter at index %d: %s".formatted(index, beta));
      }
    }
  }
}

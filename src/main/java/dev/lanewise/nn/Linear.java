// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.gemm.Gemm;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A fully connected layer, y = x·Wᵀ + b, as PyTorch defines it.
 *
 * <table>
 * <caption>Operands</caption>
 * <tr><th>Operand</th><th>Shape</th></tr>
 * <tr><td>input</td><td>…×inFeatures; every axis but the last is one of the batch</td></tr>
 * <tr><td>{@code weight}</td><td>outFeatures×inFeatures</td></tr>
 * <tr><td>{@code bias}</td><td>outFeatures</td></tr>
 * <tr><td>output</td><td>…×outFeatures</td></tr>
 * </table>
 */
public final class Linear extends FloatWeightedLayer {
  private final int inFeatures;
  private final int outFeatures;

  private Linear(int inFeatures, int outFeatures, Parameter weight, Parameter bias) {
    super(weight, bias);
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
  }

  /**
   * A layer from vectors to vectors.
   *
   * @param inFeatures elements of one input vector
   * @param outFeatures elements of one output vector
   * @return a builder with a bias
   * @throws IllegalArgumentException if one is not positive
   */
  public static Builder of(int inFeatures, int outFeatures) {
    requirePositive("in_features", inFeatures);
    requirePositive("out_features", outFeatures);
    return new Builder(inFeatures, outFeatures);
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    int last = inputShape.length - 1;
    if (last < 0 || inputShape[last] != inFeatures) {
      throw new IllegalArgumentException(
          "Given weight of size %s, expected input%s to have %d features in its last axis"
              .formatted(weight().value(), Arrays.toString(inputShape), inFeatures));
    }
    int batch = 1;
    for (int axis = 0; axis < last; axis++) {
      batch *= inputShape[axis];
    }
    int[] outputShape = inputShape.clone();
    outputShape[last] = outFeatures;
    return new Pass(outputShape, batch);
  }

  @Override
  String settings() {
    return inFeatures + ", " + outFeatures;
  }

  private static void requirePositive(String name, int features) {
    if (features <= 0) {
      throw new IllegalArgumentException(
          "%s must be positive: %s=%d".formatted(name, name, features));
    }
  }

  /** The matrix products of one batch size. */
  private final class Pass extends FloatPass {
    private final int batch;
    private final Gemm forward;
    private final Gemm backwardInput;
    private final Gemm backwardWeight;

    Pass(int[] outputShape, int batch) {
      super(outputShape);
      this.batch = batch;
      this.forward = Gemm.of(batch, outFeatures, inFeatures).transposeB().build();
      this.backwardInput = Gemm.of(batch, inFeatures, outFeatures).build();
      this.backwardWeight = Gemm.of(outFeatures, inFeatures, batch).transposeA().build();
    }

    @Override
    int workspaceFloats() {
      return Math.max(
          forward.workspaceFloats(),
          Math.max(backwardInput.workspaceFloats(), backwardWeight.workspaceFloats()));
    }

    @Override
    long multiplyAdds() {
      return (long) batch * inFeatures * outFeatures;
    }

    @Override
    List<String> algorithms() {
      return List.of(
          "forward: GEMM " + tiling(forward),
          "backwardInput: GEMM " + tiling(backwardInput),
          "backwardWeight: GEMM " + tiling(backwardWeight));
    }

    /** The line on tile and blocking of what the product says. */
    private static String tiling(Gemm gemm) {
      return gemm.explain().lines().skip(1).findFirst().orElseThrow();
    }

    /** y = x·Wᵀ + b. */
    @Override
    void forward(float[] workspace) {
      float[] output = output();
      if (hasBias()) {
        for (int n = 0; n < batch; n++) {
          System.arraycopy(biasValue(), 0, output, n * outFeatures, outFeatures);
        }
      }
      forward.multiply(1, input(), weightValue(), hasBias() ? 1 : 0, output, workspace);
    }

    /** dx = dy·W. */
    @Override
    void backwardInput(float[] gradOutput, float[] workspace) {
      backwardInput.multiply(1, gradOutput, weightValue(), 0, gradInput(), workspace);
    }

    /** dW += dyᵀ·x, db += the sum of dy over the batch. */
    @Override
    void backwardParameters(float[] gradOutput, float[] workspace) {
      backwardWeight.multiply(1, gradOutput, input(), 1, weightGradient(), workspace);
      if (hasBias()) {
        float[] gradBias = biasGradient();
        for (int n = 0; n < batch; n++) {
          addRow(gradOutput, n * outFeatures, gradBias);
        }
      }
    }

    private static void addRow(float[] rows, int start, float[] sums) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += rows[start + j];
      }
    }
  }

  /** Sets what a {@link Linear} is made of. Each method changes the builder and returns it. */
  public static final class Builder {
    private final int inFeatures;
    private final int outFeatures;
    private boolean biased = true;

    private Builder(int inFeatures, int outFeatures) {
      this.inFeatures = inFeatures;
      this.outFeatures = outFeatures;
    }

    /**
     * Leaves the bias out.
     *
     * @return this
     */
    public Builder withoutBias() {
      biased = false;
      return this;
    }

    /**
     * Makes a layer with {@link Initializers#layerDefaults PyTorch's initial values}.
     *
     * @param random where they are drawn from: first the weight, then the bias
     * @return the layer
     */
    public Linear build(RandomGenerator random) {
      Tensor weight = Tensor.zeros(outFeatures, inFeatures);
      Tensor bias = biased ? Tensor.zeros(outFeatures) : null;
      Initializers.layerDefaults(weight, bias, random);
      return new Linear(
          inFeatures,
          outFeatures,
          Parameter.of("weight", weight),
          biased ? Parameter.of("bias", bias) : null);
    }
  }
}

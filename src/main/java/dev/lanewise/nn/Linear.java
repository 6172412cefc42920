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
    return new Pass(outputShape(inputShape));
  }

  @Override
  FloatStep evaluated(int[] inputShape) {
    return new Step(outputShape(inputShape));
  }

  private int[] outputShape(int[] inputShape) {
    int last = inputShape.length - 1;
    if (last < 0 || inputShape[last] != inFeatures) {
      throw new IllegalArgumentException(
          "Given weight of size %s, expected input%s to have %d features in its last axis"
              .formatted(weight().value(), Arrays.toString(inputShape), inFeatures));
    }
    int[] outputShape = inputShape.clone();
    outputShape[last] = outFeatures;
    return outputShape;
  }

  /** Every axis but the last is one of the batch. */
  private int batch(Tensor output) {
    return output.data.length / outFeatures;
  }

  /** output = x·B + b, where B is Wᵀ in whichever order the product reads it. */
  private void multiply(
      Gemm product,
      float[] input,
      float[] matrix,
      float[] bias,
      float[] output,
      float[] workspace) {
    if (bias != null) {
      for (int start = 0; start < output.length; start += outFeatures) {
        System.arraycopy(bias, 0, output, start, outFeatures);
      }
    }
    product.multiply(1, input, matrix, bias == null ? 0 : 1, output, workspace);
  }

  /** The line on tile and blocking of what the product says. */
  private static String tiling(Gemm gemm) {
    return gemm.explain().lines().skip(1).findFirst().orElseThrow();
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

    Pass(int[] outputShape) {
      super(outputShape);
      this.batch = batch(outputTensor());
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

    /** y = x·Wᵀ + b. */
    @Override
    void forward(float[] workspace) {
      multiply(forward, input(), weightValue(), biasValue(), output(), workspace);
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

  /** The forward of one batch size with parameters that stay, the weight turned once. */
  private final class Step extends FloatStep {
    private final Gemm product;
    private final float[] turned = new float[inFeatures * outFeatures];
    private final float[] bias;

    Step(int[] outputShape) {
      super(Tensor.zeros(outputShape));
      this.product = Gemm.of(batch(output()), outFeatures, inFeatures).build();
      this.bias = hasBias() ? biasValue().clone() : null;
      float[] weight = weightValue();
      for (int i = 0; i < weight.length; i++) {
        turned[i % inFeatures * outFeatures + i / inFeatures] = weight[i];
      }
    }

    @Override
    void run(Tensor input, float[] workspace) {
      multiply(product, input.data, turned, bias, output().data, workspace);
    }

    @Override
    int workspaceFloats() {
      return product.workspaceFloats();
    }

    @Override
    List<String> algorithms() {
      return List.of("forward: GEMM " + tiling(product));
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

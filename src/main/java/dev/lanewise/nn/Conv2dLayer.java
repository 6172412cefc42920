// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.PackedWeight;
import dev.lanewise.conv.Padding;
import dev.lanewise.conv.Window;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A 2-D convolution with a weight and a bias to learn, as PyTorch defines it.
 *
 * <pre>{@code
 * Conv2dLayer.of(1, 10, 3).padding(1).build(new SplitMix64(42))
 * }</pre>
 *
 * <table>
 * <caption>Operands</caption>
 * <tr><th>Operand</th><th>Shape</th></tr>
 * <tr><td>input</td><td>N×IC×IH×IW, or IC×IH×IW</td></tr>
 * <tr><td>{@code weight}</td><td>OC×(IC/groups)×KH×KW</td></tr>
 * <tr><td>{@code bias}</td><td>OC</td></tr>
 * <tr><td>output</td><td>N×OC×OH×OW, or OC×OH×OW</td></tr>
 * </table>
 *
 * <p>OH and OW are those of {@link Conv2dGeometry}. Every input shape has a {@link Conv2d} of its
 * own.
 */
public final class Conv2dLayer extends FloatFusingLayer {
  /** Everything but the sizes of the input. */
  private final Conv2dGeometry geometry;

  private Conv2dLayer(Conv2dGeometry geometry, Parameter weight, Parameter bias) {
    super(weight, bias);
    this.geometry = geometry;
  }

  /**
   * A layer with a square kernel.
   *
   * @param inChannels IC
   * @param outChannels OC
   * @param kernel KH and KW
   * @return a builder with stride 1, no padding, dilation 1, one group and a bias
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Builder of(int inChannels, int outChannels, int kernel) {
    return of(inChannels, outChannels, kernel, kernel);
  }

  /**
   * A layer with a rectangular kernel.
   *
   * @param inChannels IC
   * @param outChannels OC
   * @param kernelHeight KH
   * @param kernelWidth KW
   * @return a builder with stride 1, no padding, dilation 1, one group and a bias
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Builder of(int inChannels, int outChannels, int kernelHeight, int kernelWidth) {
    return new Builder(
        Conv2dGeometry.input(inChannels, 1, 1).kernel(outChannels, kernelHeight, kernelWidth));
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    ImageShape images = images(inputShape);
    Conv2d plan = plan(images).threads(executor(), threads()).build();
    return new Pass(plan, outputShape(images, plan));
  }

  @Override
  FloatStep fused(int[] inputShape, FloatFusion fusion) {
    ImageShape images = images(inputShape);
    Conv2d plan =
        plan(images)
            .activation(fusion.activation())
            .arithmetic(fusion.arithmetic())
            .threads(fusion.executor(), fusion.threads())
            .forwardOnly()
            .build();
    return new Step(
        fusion.output(outputShape(images, plan)),
        plan,
        plan.pack(fusion.weight(weightValue(), this)),
        fusion.bias(biasValue(), geometry.outChannels()));
  }

  private ImageShape images(int[] inputShape) {
    ImageShape images = ImageShape.of("conv2d", inputShape);
    images.requireChannels(
        geometry.inChannels(),
        "groups=" + geometry.groups() + ", weight of size " + weight().value());
    return images;
  }

  private Conv2d.Builder plan(ImageShape images) {
    return Conv2d.of(
        new Conv2dGeometry(
            images.batch(),
            images.channels(),
            images.height(),
            images.width(),
            geometry.outChannels(),
            geometry.window(),
            geometry.groups()));
  }

  private static int[] outputShape(ImageShape images, Conv2d plan) {
    Conv2dGeometry geometry = plan.geometry();
    return images.resized(geometry.outChannels(), geometry.outHeight(), geometry.outWidth());
  }

  @Override
  String settings() {
    return geometry.inChannels()
        + ", "
        + geometry.outChannels()
        + ", "
        + OperatorText.of(geometry.window(), geometry.groups());
  }

  /** One input shape's {@link Conv2d} with this layer's parameters. */
  private final class Pass extends FloatPass {
    private final Conv2d plan;

    Pass(Conv2d plan, int[] outputShape) {
      super(outputShape);
      this.plan = plan;
    }

    @Override
    int workspaceFloats() {
      return plan.workspaceFloats();
    }

    @Override
    long multiplyAdds() {
      return plan.geometry().multiplyAdds();
    }

    @Override
    List<String> algorithms() {
      return OperatorText.algorithms(plan.explain());
    }

    @Override
    void forward(float[] workspace) {
      plan.forward(input(), weightValue(), biasValue(), output(), workspace);
    }

    @Override
    void backwardInput(float[] gradOutput, float[] workspace) {
      plan.backwardInput(gradOutput, weightValue(), gradInput(), workspace);
    }

    @Override
    void backwardParameters(float[] gradOutput, float[] workspace) {
      plan.backwardWeight(
          input(), gradOutput, weightGradient(), GradientMode.ACCUMULATE, workspace);
      if (hasBias()) {
        plan.backwardBias(gradOutput, biasGradient(), GradientMode.ACCUMULATE);
      }
    }
  }

  /** A {@link Conv2d} with parameters that stay. */
  private static final class Step extends FloatStep {
    private final Conv2d plan;
    private final PackedWeight weight;
    private final float[] bias;

    Step(Tensor output, Conv2d plan, PackedWeight weight, float[] bias) {
      super(output);
      this.plan = plan;
      this.weight = weight;
      this.bias = bias;
    }

    @Override
    void run(Tensor input, float[] workspace) {
      plan.forward(input.data, weight, bias, null, output().data, workspace);
    }

    @Override
    int workspaceFloats() {
      return plan.workspaceFloats();
    }

    @Override
    List<String> algorithms() {
      return OperatorText.algorithms(plan.explain());
    }
  }

  @Override
  int outChannel(int element) {
    return element / (weightValue().length / geometry.outChannels());
  }

  /** Sets what a {@link Conv2dLayer} is made of. Each method changes the builder and returns it. */
  public static final class Builder {
    private Conv2dGeometry geometry;
    private boolean biased = true;

    private Builder(Conv2dGeometry geometry) {
      this.geometry = geometry;
    }

    /**
     * Sets the same stride on both axes.
     *
     * @param both elements from one window to the next
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder stride(int both) {
      return stride(both, both);
    }

    /**
     * Sets the stride.
     *
     * @param height rows from one window to the next
     * @param width columns from one window to the next
     * @return this
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder stride(int height, int width) {
      geometry = geometry.stride(height, width);
      return this;
    }

    /**
     * Sets the same number of zeros on every side.
     *
     * @param all elements per side
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder padding(int all) {
      return padding(Padding.of(all));
    }

    /**
     * Sets the padding; its mode is PyTorch's {@code padding_mode}.
     *
     * @param padding the amounts and what they hold
     * @return this
     */
    public Builder padding(Padding padding) {
      geometry = geometry.padding(padding);
      return this;
    }

    /**
     * Sets the same dilation on both axes.
     *
     * @param both elements from one tap to the next; 1 = none between
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder dilation(int both) {
      return dilation(both, both);
    }

    /**
     * Sets the dilation.
     *
     * @param height rows from one tap to the next
     * @param width columns from one tap to the next
     * @return this
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder dilation(int height, int width) {
      geometry = geometry.dilation(height, width);
      return this;
    }

    /**
     * Divides the channels into independent convolutions.
     *
     * @param groups the number of groups; IC of them is depthwise
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder groups(int groups) {
      geometry = geometry.groups(groups);
      return this;
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
     * @throws IllegalArgumentException if groups does not divide both channel counts
     */
    public Conv2dLayer build(RandomGenerator random) {
      ChannelRules.requireGroups(geometry.inChannels(), geometry.outChannels(), geometry.groups());
      Window window = geometry.window();
      Tensor weight =
          Tensor.zeros(
              geometry.outChannels(),
              geometry.inChannels() / geometry.groups(),
              window.kernelHeight(),
              window.kernelWidth());
      Tensor bias = biased ? Tensor.zeros(geometry.outChannels()) : null;
      Initializers.layerDefaults(weight, bias, random);
      return new Conv2dLayer(
          geometry, Parameter.of("weight", weight), biased ? Parameter.of("bias", bias) : null);
    }
  }
}

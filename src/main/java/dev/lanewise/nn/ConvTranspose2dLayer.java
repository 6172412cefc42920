// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.PackedWeight;
import dev.lanewise.conv.Padding;
import dev.lanewise.conv.Window;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A 2-D transposed convolution with a weight and a bias to learn, as PyTorch defines it.
 *
 * <pre>{@code
 * ConvTranspose2dLayer.of(10, 1, 3).stride(2).outputPadding(1).build(new SplitMix64(42))
 * }</pre>
 *
 * <table>
 * <caption>Operands</caption>
 * <tr><th>Operand</th><th>Shape</th></tr>
 * <tr><td>input</td><td>N×IC×IH×IW, or IC×IH×IW</td></tr>
 * <tr><td>{@code weight}</td><td>IC×(OC/groups)×KH×KW</td></tr>
 * <tr><td>{@code bias}</td><td>OC</td></tr>
 * <tr><td>output</td><td>N×OC×OH×OW, or OC×OH×OW</td></tr>
 * </table>
 *
 * <p>OH and OW are those of {@link ConvTranspose2dGeometry}. Every input shape has a {@link
 * ConvTranspose2d} of its own.
 */
public final class ConvTranspose2dLayer extends FloatFusingLayer {
  /** Everything but the sizes of the input. */
  private final ConvTranspose2dGeometry geometry;

  private ConvTranspose2dLayer(ConvTranspose2dGeometry geometry, Parameter weight, Parameter bias) {
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
        ConvTranspose2dGeometry.input(inChannels, 1, 1)
            .kernel(outChannels, kernelHeight, kernelWidth));
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    ImageShape images = images(inputShape);
    ConvTranspose2d plan = plan(images).threads(executor(), threads()).build();
    return new Pass(plan, outputShape(images, plan));
  }

  @Override
  FloatStep fused(int[] inputShape, FloatFusion fusion) {
    ImageShape images = images(inputShape);
    ConvTranspose2d plan =
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
    ImageShape images = ImageShape.of("conv_transpose2d", inputShape);
    images.requireChannels(
        geometry.inChannels(), "transposed=1, weight of size " + weight().value());
    return images;
  }

  private ConvTranspose2d.Builder plan(ImageShape images) {
    return ConvTranspose2d.of(
        new ConvTranspose2dGeometry(
            images.batch(),
            images.channels(),
            images.height(),
            images.width(),
            geometry.outChannels(),
            geometry.window(),
            geometry.outputPaddingHeight(),
            geometry.outputPaddingWidth(),
            geometry.groups()));
  }

  private static int[] outputShape(ImageShape images, ConvTranspose2d plan) {
    ConvTranspose2dGeometry geometry = plan.geometry();
    return images.resized(geometry.outChannels(), geometry.outHeight(), geometry.outWidth());
  }

  @Override
  String settings() {
    StringBuilder text = new StringBuilder();
    text.append(geometry.inChannels()).append(", ").append(geometry.outChannels()).append(", ");
    text.append(OperatorText.of(geometry.window(), geometry.groups()));
    OperatorText.addPair(
        text, "outputPadding", geometry.outputPaddingHeight(), geometry.outputPaddingWidth(), 0);
    return text.toString();
  }

  /** One input shape's {@link ConvTranspose2d} with this layer's parameters. */
  private final class Pass extends FloatPass {
    private final ConvTranspose2d plan;

    Pass(ConvTranspose2d plan, int[] outputShape) {
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

  /** A {@link ConvTranspose2d} with parameters that stay. */
  private static final class Step extends FloatStep {
    private final ConvTranspose2d plan;
    private final PackedWeight weight;
    private final float[] bias;

    Step(Tensor output, ConvTranspose2d plan, PackedWeight weight, float[] bias) {
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
    int perInput = weightValue().length / geometry.inChannels();
    int perOutput = perInput * geometry.groups() / geometry.outChannels();
    int group = element / perInput / (geometry.inChannels() / geometry.groups());
    return group * (geometry.outChannels() / geometry.groups()) + element % perInput / perOutput;
  }

  /**
   * Sets what a {@link ConvTranspose2dLayer} is made of. Each method changes the builder and
   * returns it.
   */
  public static final class Builder {
    private ConvTranspose2dGeometry geometry;
    private boolean biased = true;

    private Builder(ConvTranspose2dGeometry geometry) {
      this.geometry = geometry;
    }

    /**
     * Sets the same stride on both axes.
     *
     * @param both output elements from one input element to the next
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder stride(int both) {
      return stride(both, both);
    }

    /**
     * Sets the stride.
     *
     * @param height output rows from one input row to the next
     * @param width output columns from one input column to the next
     * @return this
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder stride(int height, int width) {
      geometry = geometry.stride(height, width);
      return this;
    }

    /**
     * Cuts the same number of rows and columns off every side.
     *
     * @param all elements per side
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder padding(int all) {
      return padding(Padding.of(all));
    }

    /**
     * Sets the padding.
     *
     * @param padding the amounts cut off the output
     * @return this
     * @throws IllegalArgumentException if it has a mode or a value other than zeros
     */
    public Builder padding(Padding padding) {
      geometry = geometry.padding(padding);
      return this;
    }

    /**
     * Sets the same output padding on both axes.
     *
     * @param both rows and columns added
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder outputPadding(int both) {
      return outputPadding(both, both);
    }

    /**
     * Adds rows below and columns to the right of the output.
     *
     * @param height rows; less than stride or dilation
     * @param width columns; less than stride or dilation
     * @return this
     * @throws IllegalArgumentException if one is negative
     */
    public Builder outputPadding(int height, int width) {
      geometry = geometry.outputPadding(height, width);
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
     * @param groups the number of groups
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
    public ConvTranspose2dLayer build(RandomGenerator random) {
      ChannelRules.requireGroups(geometry.inChannels(), geometry.outChannels(), geometry.groups());
      Window window = geometry.window();
      Tensor weight =
          Tensor.zeros(
              geometry.inChannels(),
              geometry.outChannels() / geometry.groups(),
              window.kernelHeight(),
              window.kernelWidth());
      Tensor bias = biased ? Tensor.zeros(geometry.outChannels()) : null;
      Initializers.layerDefaults(weight, bias, random);
      return new ConvTranspose2dLayer(
          geometry, Parameter.of("weight", weight), biased ? Parameter.of("bias", bias) : null);
    }
  }
}

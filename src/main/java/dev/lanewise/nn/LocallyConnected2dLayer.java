// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.LocallyConnected2d;
import dev.lanewise.conv.Padding;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A convolution with other weights at every location, for images of one size.
 *
 * <pre>{@code
 * LocallyConnected2dLayer.of(1, 28, 28, 10, 3).build(new SplitMix64(42))
 * }</pre>
 *
 * <table>
 * <caption>Operands</caption>
 * <tr><th>Operand</th><th>Shape</th></tr>
 * <tr><td>input</td><td>N×IC×IH×IW, or IC×IH×IW</td></tr>
 * <tr><td>{@code weight}</td><td>OC×IC×KH×KW×OH×OW</td></tr>
 * <tr><td>{@code bias}</td><td>OC×OH×OW</td></tr>
 * <tr><td>output</td><td>N×OC×OH×OW, or OC×OH×OW</td></tr>
 * </table>
 */
public final class LocallyConnected2dLayer extends FloatWeightedLayer {
  private final Conv2dGeometry geometry;

  private LocallyConnected2dLayer(Conv2dGeometry geometry, Parameter weight, Parameter bias) {
    super(weight, bias);
    this.geometry = geometry;
  }

  /**
   * A layer with a square kernel.
   *
   * @param inChannels IC
   * @param height IH
   * @param width IW
   * @param outChannels OC
   * @param kernel KH and KW
   * @return a builder with stride 1, no padding, dilation 1 and a bias
   * @throws IllegalArgumentException if a size is not positive
   */
  public static Builder of(int inChannels, int height, int width, int outChannels, int kernel) {
    return new Builder(
        Conv2dGeometry.input(inChannels, height, width).kernel(outChannels, kernel, kernel));
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    ImageShape images = ImageShape.of("locally_connected2d", inputShape);
    images.requireChannels(geometry.inChannels(), "weight of size " + weight().value());
    if (images.height() != geometry.inHeight() || images.width() != geometry.inWidth()) {
      throw new IllegalArgumentException(
          "Given weight of size %s, expected images of %d x %d, but got %d x %d"
              .formatted(
                  weight().value(),
                  geometry.inHeight(),
                  geometry.inWidth(),
                  images.height(),
                  images.width()));
    }
    LocallyConnected2d plan =
        LocallyConnected2d.of(
            new Conv2dGeometry(
                images.batch(),
                geometry.inChannels(),
                geometry.inHeight(),
                geometry.inWidth(),
                geometry.outChannels(),
                geometry.window(),
                1));
    return new Pass(
        plan, images.resized(geometry.outChannels(), geometry.outHeight(), geometry.outWidth()));
  }

  @Override
  String settings() {
    return "%d, %d, %s"
        .formatted(
            geometry.inChannels(), geometry.outChannels(), OperatorText.of(geometry.window(), 1));
  }

  /** One batch size's {@link LocallyConnected2d} with this layer's parameters. */
  private final class Pass extends FloatPass {
    private final LocallyConnected2d plan;

    Pass(LocallyConnected2d plan, int[] outputShape) {
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

  /**
   * Sets what a {@link LocallyConnected2dLayer} is made of. Each method changes the builder and
   * returns it.
   */
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
      geometry = geometry.stride(both);
      return this;
    }

    /**
     * Sets the padding.
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
      geometry = geometry.dilation(both);
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
     * Makes a layer that starts from what a {@link Conv2dLayer} does, U(−1/√fanIn, 1/√fanIn) with
     * fanIn = IC·KH·KW for weight and bias.
     *
     * @param random where the elements are drawn from: first the weight, then the bias
     * @return the layer
     * @throws IllegalArgumentException if no window fits the image
     */
    public LocallyConnected2dLayer build(RandomGenerator random) {
      int height = geometry.outHeight();
      int width = geometry.outWidth();
      int kernelHeight = geometry.window().kernelHeight();
      int kernelWidth = geometry.window().kernelWidth();
      Tensor weight =
          Tensor.zeros(
              geometry.outChannels(),
              geometry.inChannels(),
              kernelHeight,
              kernelWidth,
              height,
              width);
      double bound = 1 / Math.sqrt((double) geometry.inChannels() * kernelHeight * kernelWidth);
      Initializers.uniform(weight, -bound, bound, random);
      Tensor bias = Tensor.zeros(geometry.outChannels(), height, width);
      if (biased) {
        Initializers.uniform(bias, -bound, bound, random);
      }
      return new LocallyConnected2dLayer(
          geometry, Parameter.of("weight", weight), biased ? Parameter.of("bias", bias) : null);
    }
  }
}

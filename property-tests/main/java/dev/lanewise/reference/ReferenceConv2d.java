// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * 2-D convolution as deep learning defines it (cross-correlation). With x̂ the padded input, G
 * groups, and g = ⌊oc / (OC/G)⌋ the group of an output channel,
 *
 * <pre>
 * y[n, oc, oh, ow] = b[oc] + Σ_{c, kh, kw}
 *     x̂[n, g·(IC/G) + c, oh·strideHeight + kh·dilationHeight, ow·strideWidth + kw·dilationWidth]
 *     · w[oc, c, kh, kw]
 * </pre>
 *
 * <p>The sum is over products of one element of x̂ with one of w. Each gradient walks over the same
 * products: where y gains x̂·w, the gradient of x̂ gains (gradient of y)·w and that of w gains
 * x̂·(gradient of y).
 *
 * <table>
 * <caption>Operands, row-major</caption>
 * <tr><th>operand</th><th>shape</th></tr>
 * <tr><td>input, gradInput</td><td>N × IC × IH × IW</td></tr>
 * <tr><td>weight, gradWeight</td><td>OC × IC/G × KH × KW</td></tr>
 * <tr><td>bias, gradBias</td><td>OC</td></tr>
 * <tr><td>output, gradOutput</td><td>N × OC × OH × OW</td></tr>
 * </table>
 *
 * @param batch N, may be 0
 * @param inChannels IC
 * @param inHeight IH
 * @param inWidth IW
 * @param outChannels OC
 * @param window kernel, stride, dilation and padding
 * @param groups G, divides both channel counts
 */
public record ReferenceConv2d(
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    ReferenceWindow window,
    int groups)
    implements ReferenceConvolution {

  /**
   * Checks the groups.
   *
   * @throws IllegalArgumentException if they do not divide the channels
   */
  public ReferenceConv2d {
    Objects.requireNonNull(window, "window");
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "%d groups of %d and %d channels".formatted(groups, inChannels, outChannels));
    }
  }

  @Override
  public double[] forward(double[] input, double[] weight, double[] bias) {
    double[] padded = window.padding().pad(inputShape(), inputShape().require("input", input));
    weightShape().require("weight", weight);
    double[] output = outputShape().broadcast(bias);
    forEachProduct((x, w, y) -> output[y] += padded[x] * weight[w]);
    return output;
  }

  @Override
  public double[] backwardInput(double[] gradOutput, double[] weight) {
    outputShape().require("gradOutput", gradOutput);
    weightShape().require("weight", weight);
    double[] gradPadded = window.padding().padded(inputShape()).zeros();
    forEachProduct((x, w, y) -> gradPadded[x] += gradOutput[y] * weight[w]);
    return window.padding().padBackward(inputShape(), gradPadded);
  }

  @Override
  public double[] backwardWeight(double[] input, double[] gradOutput) {
    double[] padded = window.padding().pad(inputShape(), inputShape().require("input", input));
    outputShape().require("gradOutput", gradOutput);
    double[] gradWeight = weightShape().zeros();
    forEachProduct((x, w, y) -> gradWeight[w] += padded[x] * gradOutput[y]);
    return gradWeight;
  }

  @Override
  public double[] backwardBias(double[] gradOutput) {
    return outputShape().sumPerChannel(outputShape().require("gradOutput", gradOutput));
  }

  /** Every product of the sum: an element of x̂, one of w, and the y they belong to. */
  private void forEachProduct(Product product) {
    Shape padded = window.padding().padded(inputShape());
    Shape weight = weightShape();
    Shape output = outputShape();
    int inPerGroup = inChannels / groups;
    int outPerGroup = outChannels / groups;
    for (int n = 0; n < batch; n++) {
      for (int oc = 0; oc < outChannels; oc++) {
        int group = oc / outPerGroup;
        for (int oh = 0; oh < output.size2(); oh++) {
          for (int ow = 0; ow < output.size3(); ow++) {
            for (int c = 0; c < inPerGroup; c++) {
              for (int kh = 0; kh < window.kernelHeight(); kh++) {
                for (int kw = 0; kw < window.kernelWidth(); kw++) {
                  int ih = oh * window.strideHeight() + kh * window.dilationHeight();
                  int iw = ow * window.strideWidth() + kw * window.dilationWidth();
                  product.of(
                      padded.index(n, group * inPerGroup + c, ih, iw),
                      weight.index(oc, c, kh, kw),
                      output.index(n, oc, oh, ow));
                }
              }
            }
          }
        }
      }
    }
  }

  @Override
  public long forwardTerms() {
    return (long) inChannels / groups * window.taps();
  }

  @Override
  public long backwardInputTerms() {
    return (long) outChannels / groups * window.taps() * window.padding().mostCopies(inputShape());
  }

  @Override
  public long backwardWeightTerms() {
    return (long) batch * outHeight() * outWidth();
  }

  @Override
  public long backwardBiasTerms() {
    return backwardWeightTerms();
  }

  @Override
  public int outHeight() {
    return window.outHeight(inHeight);
  }

  @Override
  public int outWidth() {
    return window.outWidth(inWidth);
  }

  @Override
  public long products() {
    return outputElements() * forwardTerms();
  }

  @Override
  public int inputElements() {
    return inputShape().elements();
  }

  @Override
  public int weightElements() {
    return weightShape().elements();
  }

  @Override
  public int biasElements() {
    return outChannels;
  }

  @Override
  public int outputElements() {
    return outputShape().elements();
  }

  @Override
  public ReferenceConv2d absolute() {
    return new ReferenceConv2d(
        batch, inChannels, inHeight, inWidth, outChannels, window.absolute(), groups);
  }

  private Shape inputShape() {
    return new Shape(batch, inChannels, inHeight, inWidth);
  }

  private Shape weightShape() {
    return new Shape(outChannels, inChannels / groups, window.kernelHeight(), window.kernelWidth());
  }

  private Shape outputShape() {
    return new Shape(batch, outChannels, outHeight(), outWidth());
  }
}

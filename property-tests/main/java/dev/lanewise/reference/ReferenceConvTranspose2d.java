// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * 2-D transposed convolution, as a scatter: every input element, times every tap of its kernels, is
 * added to a full output ŷ, from which the padding is then cut off. With G groups and g = ⌊ic /
 * (IC/G)⌋ the group of an input channel,
 *
 * <pre>
 * ŷ[n, g·(OC/G) + c, ih·strideHeight + kh·dilationHeight, iw·strideWidth + kw·dilationWidth]
 *     += x[n, ic, ih, iw] · w[ic, c, kh, kw]
 * y[n, oc, oh, ow] = b[oc] + ŷ[n, oc, oh + top, ow + left]
 * </pre>
 *
 * <p>Cutting the padding off is the adjoint of putting zeros there, and the other way round. In the
 * gradients those zeros are operands like any other, as in a convolution.
 *
 * <table>
 * <caption>Operands, row-major</caption>
 * <tr><th>operand</th><th>shape</th></tr>
 * <tr><td>input, gradInput</td><td>N × IC × IH × IW</td></tr>
 * <tr><td>weight, gradWeight</td><td>IC × OC/G × KH × KW</td></tr>
 * <tr><td>bias, gradBias</td><td>OC</td></tr>
 * <tr><td>output, gradOutput</td><td>N × OC × OH × OW</td></tr>
 * </table>
 *
 * @param batch N, may be 0
 * @param inChannels IC
 * @param inHeight IH
 * @param inWidth IW
 * @param outChannels OC
 * @param window kernel, stride, dilation, and the padding to cut off
 * @param outputPaddingHeight rows at the bottom of ŷ that no tap reaches
 * @param outputPaddingWidth columns at the right of ŷ that no tap reaches
 * @param groups G, divides both channel counts
 */
public record ReferenceConvTranspose2d(
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    ReferenceWindow window,
    int outputPaddingHeight,
    int outputPaddingWidth,
    int groups)
    implements ReferenceConvolution {

  /**
   * Checks what can be checked without knowing the rest.
   *
   * @throws IllegalArgumentException if the groups do not divide the channels, the padding is not
   *     of zeros, or the output padding is negative
   */
  public ReferenceConvTranspose2d {
    Objects.requireNonNull(window, "window");
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "%d groups of %d and %d channels".formatted(groups, inChannels, outChannels));
    }
    if (window.padding().mode() != ReferencePadding.Mode.CONSTANT
        || window.padding().value() != 0) {
      throw new IllegalArgumentException("padding that is cut off can only be of zeros");
    }
    if (outputPaddingHeight < 0 || outputPaddingWidth < 0) {
      throw new IllegalArgumentException(
          "negative output padding: %d, %d".formatted(outputPaddingHeight, outputPaddingWidth));
    }
  }

  @Override
  public double[] forward(double[] input, double[] weight, double[] bias) {
    inputShape().require("input", input);
    weightShape().require("weight", weight);
    double[] full = window.padding().pad(outputShape(), outputShape().broadcast(bias));
    forEachProduct((x, w, y) -> full[y] += input[x] * weight[w]);
    return window.padding().padBackward(outputShape(), full);
  }

  @Override
  public double[] backwardInput(double[] gradOutput, double[] weight) {
    double[] gradFull =
        window.padding().pad(outputShape(), outputShape().require("gradOutput", gradOutput));
    weightShape().require("weight", weight);
    double[] gradInput = inputShape().zeros();
    forEachProduct((x, w, y) -> gradInput[x] += gradFull[y] * weight[w]);
    return gradInput;
  }

  @Override
  public double[] backwardWeight(double[] input, double[] gradOutput) {
    inputShape().require("input", input);
    double[] gradFull =
        window.padding().pad(outputShape(), outputShape().require("gradOutput", gradOutput));
    double[] gradWeight = weightShape().zeros();
    forEachProduct((x, w, y) -> gradWeight[w] += input[x] * gradFull[y]);
    return gradWeight;
  }

  @Override
  public double[] backwardBias(double[] gradOutput) {
    return outputShape().sumPerChannel(outputShape().require("gradOutput", gradOutput));
  }

  /** Every product that is scattered: an element of x, one of w, and the ŷ they are added to. */
  private void forEachProduct(Product product) {
    Shape input = inputShape();
    Shape weight = weightShape();
    Shape full = window.padding().padded(outputShape());
    int inPerGroup = inChannels / groups;
    int outPerGroup = outChannels / groups;
    for (int n = 0; n < batch; n++) {
      for (int ic = 0; ic < inChannels; ic++) {
        int group = ic / inPerGroup;
        for (int ih = 0; ih < inHeight; ih++) {
          for (int iw = 0; iw < inWidth; iw++) {
            for (int c = 0; c < outPerGroup; c++) {
              for (int kh = 0; kh < window.kernelHeight(); kh++) {
                for (int kw = 0; kw < window.kernelWidth(); kw++) {
                  int oh = ih * window.strideHeight() + kh * window.dilationHeight();
                  int ow = iw * window.strideWidth() + kw * window.dilationWidth();
                  product.of(
                      input.index(n, ic, ih, iw),
                      weight.index(ic, c, kh, kw),
                      full.index(n, group * outPerGroup + c, oh, ow));
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
    return (long) outChannels / groups * window.taps();
  }

  @Override
  public long backwardWeightTerms() {
    return (long) batch * inHeight * inWidth;
  }

  @Override
  public long backwardBiasTerms() {
    return (long) batch * outHeight() * outWidth();
  }

  @Override
  public ReferenceConvTranspose2d absolute() {
    return this;
  }

  @Override
  public int outHeight() {
    ReferencePadding padding = window.padding();
    return (inHeight - 1) * window.strideHeight()
        + window.spanHeight()
        + outputPaddingHeight
        - padding.top()
        - padding.bottom();
  }

  @Override
  public int outWidth() {
    ReferencePadding padding = window.padding();
    return (inWidth - 1) * window.strideWidth()
        + window.spanWidth()
        + outputPaddingWidth
        - padding.left()
        - padding.right();
  }

  @Override
  public long products() {
    return inputElements() * backwardInputTerms();
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

  private Shape inputShape() {
    return new Shape(batch, inChannels, inHeight, inWidth);
  }

  private Shape weightShape() {
    return new Shape(inChannels, outChannels / groups, window.kernelHeight(), window.kernelWidth());
  }

  private Shape outputShape() {
    return new Shape(batch, outChannels, outHeight(), outWidth());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.shapes;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.UnfoldGeometry;

/** One layer of a network: the sizes of a convolution or a transposed convolution. */
public record ConvolutionShape(
    String name,
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding,
    int dilation,
    int groups) {

  public Conv2dGeometry conv2d() {
    return Conv2dGeometry.input(batch, inChannels, inHeight, inWidth)
        .kernel(outChannels, kernelHeight, kernelWidth)
        .stride(stride)
        .padding(padding)
        .dilation(dilation)
        .groups(groups);
  }

  public ConvTranspose2dGeometry convTranspose2d() {
    return ConvTranspose2dGeometry.input(batch, inChannels, inHeight, inWidth)
        .kernel(outChannels, kernelHeight, kernelWidth)
        .stride(stride)
        .padding(padding)
        .dilation(dilation)
        .groups(groups);
  }

  /** The windows that the convolution slides over its input. */
  public UnfoldGeometry unfold() {
    return UnfoldGeometry.image(batch, inChannels, inHeight, inWidth)
        .kernel(kernelHeight, kernelWidth)
        .stride(stride)
        .padding(padding)
        .dilation(dilation);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceConvolution;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferenceWindow;

/** References of simple sizes, and sizes changed in one place, for the laws. */
final class References {
  private References() {}

  /** Square kernels, and steps and zeros around alike on both axes. */
  static ReferenceConv2d conv2d(
      int batch,
      int inChannels,
      int height,
      int width,
      int outChannels,
      int kernel,
      int stride,
      int dilation,
      int padding,
      int groups) {
    return new ReferenceConv2d(
        batch,
        inChannels,
        height,
        width,
        outChannels,
        new ReferenceWindow(
            kernel,
            kernel,
            stride,
            stride,
            dilation,
            dilation,
            ReferencePadding.zeros(padding, padding, padding, padding)),
        groups);
  }

  static int batch(ReferenceConvolution reference) {
    return switch (reference) {
      case ReferenceConv2d conv -> conv.batch();
      case ReferenceConvTranspose2d conv -> conv.batch();
    };
  }

  static ReferenceConvolution withBatch(ReferenceConvolution reference, int batch) {
    return switch (reference) {
      case ReferenceConv2d conv ->
          new ReferenceConv2d(
              batch,
              conv.inChannels(),
              conv.inHeight(),
              conv.inWidth(),
              conv.outChannels(),
              conv.window(),
              conv.groups());
      case ReferenceConvTranspose2d conv ->
          new ReferenceConvTranspose2d(
              batch,
              conv.inChannels(),
              conv.inHeight(),
              conv.inWidth(),
              conv.outChannels(),
              conv.window(),
              conv.outputPaddingHeight(),
              conv.outputPaddingWidth(),
              conv.groups());
    };
  }

  static ReferenceConv2d withWindow(ReferenceConv2d conv, ReferenceWindow window) {
    return new ReferenceConv2d(
        conv.batch(),
        conv.inChannels(),
        conv.inHeight(),
        conv.inWidth(),
        conv.outChannels(),
        window,
        conv.groups());
  }

  /** One group by itself. */
  static ReferenceConv2d oneGroup(ReferenceConv2d conv) {
    return new ReferenceConv2d(
        conv.batch(),
        conv.inChannels() / conv.groups(),
        conv.inHeight(),
        conv.inWidth(),
        conv.outChannels() / conv.groups(),
        conv.window(),
        1);
  }

  /** The channels of one group, of every image. */
  static double[] channelGroup(double[] images, int batch, int group, int groups) {
    int perGroup = batch == 0 ? 0 : images.length / batch / groups;
    double[] part = new double[batch * perGroup];
    for (int n = 0; n < batch; n++) {
      System.arraycopy(images, (n * groups + group) * perGroup, part, n * perGroup, perGroup);
    }
    return part;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceConvolution;

/** Sizes changed in one place, for the laws. */
final class References {
  private References() {}

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

  /** One channel of a depthwise convolution with one output channel each. */
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
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.ConvolutionShape;

/** The sizes of a layer's tensors as they lie in memory: NCHW, and OIHW or IOHW. */
record PlainSizes(long[] input, long[] weight, long[] output) {
  static PlainSizes of(Task task) {
    ConvolutionShape shape = task.layer();
    long groups = shape.groups();
    long[] input = {shape.batch(), shape.inChannels(), shape.inHeight(), shape.inWidth()};
    if (task.operator() == Operator.CONV_TRANSPOSE2D) {
      ConvTranspose2dGeometry geometry = shape.convTranspose2d();
      return new PlainSizes(
          input,
          new long[] {
            shape.inChannels(),
            shape.outChannels() / groups,
            shape.kernelHeight(),
            shape.kernelWidth()
          },
          new long[] {
            shape.batch(), shape.outChannels(), geometry.outHeight(), geometry.outWidth()
          });
    }
    Conv2dGeometry geometry = shape.conv2d();
    return new PlainSizes(
        input,
        new long[] {
          shape.outChannels(),
          shape.inChannels() / groups,
          shape.kernelHeight(),
          shape.kernelWidth()
        },
        new long[] {shape.batch(), shape.outChannels(), geometry.outHeight(), geometry.outWidth()});
  }
}

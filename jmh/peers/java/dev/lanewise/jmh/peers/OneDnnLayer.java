// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.ConvolutionShape;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * A layer in oneDNN's terms, where a transposed convolution's weights too are OC×IC×KH×KW, and lie
 * in IOHW order. With groups the weights have a fifth dimension.
 */
record OneDnnLayer(
    desc input,
    desc anyInput,
    desc weight,
    desc anyWeight,
    desc output,
    desc anyOutput,
    long[] strides,
    long[] dilations,
    long[] padding) {

  static OneDnnLayer of(Task task) {
    ConvolutionShape shape = task.layer();
    PlainSizes sizes = PlainSizes.of(task);
    long groups = shape.groups();
    boolean transposed = task.operator() == Operator.CONV_TRANSPOSE2D;
    long[] weightSizes;
    format_tag weightLayout;
    if (groups == 1) {
      weightSizes =
          new long[] {
            shape.outChannels(), shape.inChannels(), shape.kernelHeight(), shape.kernelWidth()
          };
      weightLayout = transposed ? format_tag.iohw : format_tag.oihw;
    } else {
      weightSizes =
          new long[] {
            groups,
            shape.outChannels() / groups,
            shape.inChannels() / groups,
            shape.kernelHeight(),
            shape.kernelWidth()
          };
      weightLayout = transposed ? format_tag.giohw : format_tag.goihw;
    }
    return new OneDnnLayer(
        floats(sizes.input(), format_tag.nchw),
        floats(sizes.input(), format_tag.any),
        floats(weightSizes, weightLayout),
        floats(weightSizes, format_tag.any),
        floats(sizes.output(), format_tag.nchw),
        floats(sizes.output(), format_tag.any),
        new long[] {shape.stride(), shape.stride()},
        // No dilation is 0 to oneDNN.
        new long[] {shape.dilation() - 1, shape.dilation() - 1},
        new long[] {shape.padding(), shape.padding()});
  }

  private static desc floats(long[] sizes, format_tag layout) {
    return new desc(sizes, data_type.f32, layout);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.ConvolutionShape;
import dev.lanewise.jmh.startup.MnistNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ONNX models, as protocol buffers; the field numbers are those of onnx.proto in version 13 of the
 * operator set.
 */
final class OnnxModel {
  static final String INPUT = "input";
  static final String WEIGHT = "weight";
  static final String OUTPUT = "output";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 13;
  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;
  private static final int ATTRIBUTE_INTS = 7;

  private OnnxModel() {}

  /** C = A·B, both factors inputs. */
  static byte[] product(long[] a, long[] b, long[] c) {
    ProtoMessage graph =
        new ProtoMessage()
            .add(1, node("MatMul", OUTPUT, INPUT, WEIGHT))
            .add(2, "graph")
            .add(11, valueInfo(INPUT, a))
            .add(11, valueInfo(WEIGHT, b))
            .add(12, valueInfo(OUTPUT, c));
    return model(graph);
  }

  /** A convolution or a transposed convolution, its weight a constant. */
  static byte[] layer(Task task, PlainSizes sizes, float[] weight) {
    ConvolutionShape shape = task.layer();
    long padding = shape.padding();
    ProtoMessage node =
        node(task.operator() == Operator.CONV2D ? "Conv" : "ConvTranspose", OUTPUT, INPUT, WEIGHT)
            .add(5, attribute("kernel_shape", shape.kernelHeight(), shape.kernelWidth()))
            .add(5, attribute("strides", shape.stride(), shape.stride()))
            .add(5, attribute("pads", padding, padding, padding, padding))
            .add(5, attribute("dilations", shape.dilation(), shape.dilation()))
            .add(5, attribute("group", shape.groups()));
    ProtoMessage graph =
        new ProtoMessage()
            .add(1, node)
            .add(2, "graph")
            .add(5, constant(WEIGHT, sizes.weight(), weight))
            .add(11, valueInfo(INPUT, sizes.input()))
            .add(12, valueInfo(OUTPUT, sizes.output()));
    return model(graph);
  }

  /** The classifier of MNIST digits, one image at a time. */
  static byte[] classifier(MnistNetwork network) {
    ProtoMessage graph =
        new ProtoMessage()
            .add(1, node("Conv", "conv1", INPUT, "w1"))
            .add(1, pool("pool1", "conv1"))
            .add(1, node("Relu", "relu1", "pool1"))
            .add(1, node("Conv", "conv2", "relu1", "w2"))
            .add(1, pool("pool2", "conv2"))
            .add(1, node("Relu", "relu2", "pool2"))
            .add(1, node("Flatten", "flat", "relu2"))
            .add(1, node("Gemm", "linear1", "flat", "w3").add(5, attribute("transB", 1)))
            .add(1, node("Relu", "relu3", "linear1"))
            .add(1, node("Gemm", OUTPUT, "relu3", "w4").add(5, attribute("transB", 1)))
            .add(2, "graph")
            .add(5, constant("w1", new long[] {10, 1, 5, 5}, network.convolution1()))
            .add(5, constant("w2", new long[] {20, 10, 5, 5}, network.convolution2()))
            .add(5, constant("w3", new long[] {50, 320}, network.linear1()))
            .add(5, constant("w4", new long[] {10, 50}, network.linear2()))
            .add(11, valueInfo(INPUT, new long[] {1, 1, 28, 28}))
            .add(12, valueInfo(OUTPUT, new long[] {1, 10}));
    return model(graph);
  }

  private static ProtoMessage pool(String output, String input) {
    return node("MaxPool", output, input)
        .add(5, attribute("kernel_shape", 2, 2))
        .add(5, attribute("strides", 2, 2));
  }

  private static byte[] model(ProtoMessage graph) {
    return new ProtoMessage()
        .add(1, IR_VERSION)
        .add(7, graph)
        .add(8, new ProtoMessage().add(1, "").add(2, OPERATOR_SET))
        .bytes();
  }

  private static ProtoMessage node(String operator, String output, String... inputs) {
    ProtoMessage node = new ProtoMessage();
    for (String input : inputs) {
      node.add(1, input);
    }
    return node.add(2, output).add(3, output).add(4, operator);
  }

  private static ProtoMessage attribute(String name, long value) {
    return new ProtoMessage().add(1, name).add(3, value).add(20, ATTRIBUTE_INT);
  }

  private static ProtoMessage attribute(String name, long first, long... more) {
    ProtoMessage attribute = new ProtoMessage().add(1, name).add(8, first);
    for (long value : more) {
      attribute.add(8, value);
    }
    return attribute.add(20, ATTRIBUTE_INTS);
  }

  private static ProtoMessage constant(String name, long[] sizes, float[] values) {
    ByteBuffer raw =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    ProtoMessage tensor = new ProtoMessage();
    for (long size : sizes) {
      tensor.add(1, size);
    }
    return tensor.add(2, FLOAT).add(8, name).add(9, raw.array());
  }

  private static ProtoMessage valueInfo(String name, long[] sizes) {
    ProtoMessage dimensions = new ProtoMessage();
    for (long size : sizes) {
      dimensions.add(1, new ProtoMessage().add(1, size));
    }
    ProtoMessage tensorType = new ProtoMessage().add(1, FLOAT).add(2, dimensions);
    return new ProtoMessage().add(1, name).add(2, new ProtoMessage().add(1, tensorType));
  }
}

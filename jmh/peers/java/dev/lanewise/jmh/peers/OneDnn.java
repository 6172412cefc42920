// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import dev.lanewise.jmh.Pass;
import dev.lanewise.jmh.contenders.Contender;
import dev.lanewise.jmh.contenders.Entry;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Problem;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.GemmShape;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.memory.format_tag;

/** oneDNN, which chooses the layout of every operand of a convolution. */
abstract sealed class OneDnn implements Contender {
  /** Its own layouts: the operands are there already, nothing is reordered within the time. */
  static final class OwnLayouts extends OneDnn {
    OwnLayouts() {
      super(false);
    }
  }

  /**
   * Plain NCHW in and out: activations and the weight's gradient are reordered within the time,
   * weights before it.
   */
  static final class PlainLayouts extends OneDnn {
    PlainLayouts() {
      super(true);
    }

    /** Matrices are plain either way. */
    @Override
    public boolean canSolve(Task task) {
      return task.operator() != Operator.GEMM;
    }
  }

  private final boolean plain;
  private final engine cpu = new engine(engine.kind.cpu, 0);

  private OneDnn(boolean plain) {
    this.plain = plain;
  }

  @Override
  public boolean canSolve(Task task) {
    return true;
  }

  @Override
  public Entry enter(Problem problem) {
    return switch (problem.task().operator()) {
      case CONV2D -> convolution(problem);
      case CONV_TRANSPOSE2D -> deconvolution(problem);
      case GEMM -> product(problem);
    };
  }

  private Entry convolution(Problem problem) {
    OneDnnLayer layer = OneDnnLayer.of(problem.task());
    convolution_forward.primitive_desc forward =
        new convolution_forward.primitive_desc(
            cpu,
            kind(problem.task().pass()),
            algorithm.convolution_auto,
            layer.anyInput(),
            layer.anyWeight(),
            layer.anyOutput(),
            layer.strides(),
            layer.dilations(),
            layer.padding(),
            layer.padding());
    OneDnnOperand input;
    OneDnnOperand weight;
    OneDnnOperand output;
    switch (problem.task().pass()) {
      case FORWARD -> {
        input = operand(layer.input(), forward.src_desc(), problem.input());
        weight = operand(layer.weight(), forward.weights_desc(), problem.weight());
        output = operand(layer.output(), forward.dst_desc(), problem.output());
        return new OneDnnEntry(cpu, new convolution_forward(forward), plain)
            .reordered(DNNL_ARG_SRC, input)
            .packed(DNNL_ARG_WEIGHTS, weight)
            .result(DNNL_ARG_DST, output);
      }
      case BACKWARD_INPUT -> {
        convolution_backward_data.primitive_desc backward =
            new convolution_backward_data.primitive_desc(
                cpu,
                algorithm.convolution_auto,
                layer.anyInput(),
                layer.anyWeight(),
                layer.anyOutput(),
                layer.strides(),
                layer.dilations(),
                layer.padding(),
                layer.padding(),
                forward);
        input = operand(layer.input(), backward.diff_src_desc(), problem.input());
        weight = operand(layer.weight(), backward.weights_desc(), problem.weight());
        output = operand(layer.output(), backward.diff_dst_desc(), problem.output());
        return new OneDnnEntry(cpu, new convolution_backward_data(backward), plain)
            .reordered(DNNL_ARG_DIFF_DST, output)
            .packed(DNNL_ARG_WEIGHTS, weight)
            .result(DNNL_ARG_DIFF_SRC, input);
      }
      case BACKWARD_WEIGHT -> {
        convolution_backward_weights.primitive_desc backward =
            new convolution_backward_weights.primitive_desc(
                cpu,
                algorithm.convolution_auto,
                layer.anyInput(),
                layer.anyWeight(),
                layer.anyOutput(),
                layer.strides(),
                layer.dilations(),
                layer.padding(),
                layer.padding(),
                forward);
        input = operand(layer.input(), backward.src_desc(), problem.input());
        weight = operand(layer.weight(), backward.diff_weights_desc(), problem.weight());
        output = operand(layer.output(), backward.diff_dst_desc(), problem.output());
        return new OneDnnEntry(cpu, new convolution_backward_weights(backward), plain)
            .reordered(DNNL_ARG_SRC, input)
            .reordered(DNNL_ARG_DIFF_DST, output)
            .result(DNNL_ARG_DIFF_WEIGHTS, weight);
      }
    }
    throw new AssertionError(problem.task());
  }

  private Entry deconvolution(Problem problem) {
    OneDnnLayer layer = OneDnnLayer.of(problem.task());
    deconvolution_forward.primitive_desc forward =
        new deconvolution_forward.primitive_desc(
            cpu,
            kind(problem.task().pass()),
            algorithm.deconvolution_direct,
            layer.anyInput(),
            layer.anyWeight(),
            layer.anyOutput(),
            layer.strides(),
            layer.dilations(),
            layer.padding(),
            layer.padding());
    OneDnnOperand input;
    OneDnnOperand weight;
    OneDnnOperand output;
    switch (problem.task().pass()) {
      case FORWARD -> {
        input = operand(layer.input(), forward.src_desc(), problem.input());
        weight = operand(layer.weight(), forward.weights_desc(), problem.weight());
        output = operand(layer.output(), forward.dst_desc(), problem.output());
        return new OneDnnEntry(cpu, new deconvolution_forward(forward), plain)
            .reordered(DNNL_ARG_SRC, input)
            .packed(DNNL_ARG_WEIGHTS, weight)
            .result(DNNL_ARG_DST, output);
      }
      case BACKWARD_INPUT -> {
        deconvolution_backward_data.primitive_desc backward =
            new deconvolution_backward_data.primitive_desc(
                cpu,
                algorithm.deconvolution_direct,
                layer.anyInput(),
                layer.anyWeight(),
                layer.anyOutput(),
                layer.strides(),
                layer.dilations(),
                layer.padding(),
                layer.padding(),
                forward);
        input = operand(layer.input(), backward.diff_src_desc(), problem.input());
        weight = operand(layer.weight(), backward.weights_desc(), problem.weight());
        output = operand(layer.output(), backward.diff_dst_desc(), problem.output());
        return new OneDnnEntry(cpu, new deconvolution_backward_data(backward), plain)
            .reordered(DNNL_ARG_DIFF_DST, output)
            .packed(DNNL_ARG_WEIGHTS, weight)
            .result(DNNL_ARG_DIFF_SRC, input);
      }
      case BACKWARD_WEIGHT -> {
        deconvolution_backward_weights.primitive_desc backward =
            new deconvolution_backward_weights.primitive_desc(
                cpu,
                algorithm.deconvolution_direct,
                layer.anyInput(),
                layer.anyWeight(),
                layer.anyOutput(),
                layer.strides(),
                layer.dilations(),
                layer.padding(),
                layer.padding(),
                forward);
        input = operand(layer.input(), backward.src_desc(), problem.input());
        weight = operand(layer.weight(), backward.diff_weights_desc(), problem.weight());
        output = operand(layer.output(), backward.diff_dst_desc(), problem.output());
        return new OneDnnEntry(cpu, new deconvolution_backward_weights(backward), plain)
            .reordered(DNNL_ARG_SRC, input)
            .reordered(DNNL_ARG_DIFF_DST, output)
            .result(DNNL_ARG_DIFF_WEIGHTS, weight);
      }
    }
    throw new AssertionError(problem.task());
  }

  /** Plain row-major matrices, none of them packed before. */
  private Entry product(Problem problem) {
    GemmShape sizes = problem.task().product();
    desc a = matrix(sizes.m(), sizes.k());
    desc b = matrix(sizes.k(), sizes.n());
    desc c = matrix(sizes.m(), sizes.n());
    return new OneDnnEntry(cpu, new matmul(new matmul.primitive_desc(cpu, a, b, c)), false)
        .packed(DNNL_ARG_SRC, operand(a, a, problem.input()))
        .packed(DNNL_ARG_WEIGHTS, operand(b, b, problem.weight()))
        .result(DNNL_ARG_DST, operand(c, c, problem.output()));
  }

  /** What a gradient takes as its hint is a forward pass of training. */
  private static prop_kind kind(Pass pass) {
    return pass == Pass.FORWARD ? prop_kind.forward_inference : prop_kind.forward_training;
  }

  private static desc matrix(int rows, int columns) {
    return new desc(new long[] {rows, columns}, memory.data_type.f32, format_tag.ab);
  }

  private OneDnnOperand operand(desc plainLayout, desc chosenLayout, float[] values) {
    return new OneDnnOperand(cpu, plainLayout, chosenLayout, values);
  }
}

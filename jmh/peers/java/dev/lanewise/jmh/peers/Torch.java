// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.contenders.Contender;
import dev.lanewise.jmh.contenders.Entry;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Problem;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.ConvolutionShape;
import dev.lanewise.jmh.shapes.GemmShape;
import java.nio.FloatBuffer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's functions on NCHW tensors, without autograd's graph. They allocate the result of a
 * convolution in each call and take plain weights.
 */
final class Torch implements Contender {
  /** Held so that it is not collected. */
  private final AutoGradMode noGraph = new AutoGradMode(false);

  Torch(int threads) {
    torch.set_num_threads(threads);
  }

  @Override
  public boolean canSolve(Task task) {
    return true;
  }

  @Override
  public Entry enter(Problem problem) {
    return problem.task().operator() == Operator.GEMM ? product(problem) : layer(problem);
  }

  private static Entry product(Problem problem) {
    GemmShape sizes = problem.task().product();
    Tensor a = Tensor.create(problem.input(), sizes.m(), sizes.k());
    Tensor b = Tensor.create(problem.weight(), sizes.k(), sizes.n());
    Tensor c = Tensor.create(problem.output(), sizes.m(), sizes.n());
    return new TorchEntry(() -> torch.mm_out(c, a, b), problem.output().length);
  }

  private static Entry layer(Problem problem) {
    ConvolutionShape shape = problem.task().layer();
    boolean transposed = problem.task().operator() == Operator.CONV_TRANSPOSE2D;
    long[] stride = {shape.stride(), shape.stride()};
    long[] padding = {shape.padding(), shape.padding()};
    long[] dilation = {shape.dilation(), shape.dilation()};
    long[] outputPadding = {0, 0};
    PlainSizes sizes = PlainSizes.of(problem.task());
    Tensor input = Tensor.create(problem.input(), sizes.input());
    Tensor weight = Tensor.create(problem.weight(), sizes.weight());
    Tensor output = Tensor.create(problem.output(), sizes.output());
    TensorOptional noBias = new TensorOptional();
    Supplier<Tensor> forward =
        transposed
            ? () ->
                torch.conv_transpose2d(
                    input, weight, noBias, stride, padding, outputPadding, shape.groups(), dilation)
            : () -> torch.conv2d(input, weight, noBias, stride, padding, dilation, shape.groups());
    LongArrayRefOptional noBiasSizes = new LongArrayRefOptional();
    BoolPointer inputOnly = mask(true, false, false);
    BoolPointer weightOnly = mask(false, true, false);
    return switch (problem.task().pass()) {
      case FORWARD -> new TorchEntry(forward, problem.result().length);
      case BACKWARD_INPUT ->
          new TorchEntry(
              () -> {
                try (T_TensorTensorTensor_T gradients =
                    torch.convolution_backward(
                        output,
                        input,
                        weight,
                        noBiasSizes,
                        stride,
                        padding,
                        dilation,
                        transposed,
                        outputPadding,
                        shape.groups(),
                        inputOnly)) {
                  return new Tensor(gradients.get0());
                }
              },
              problem.result().length);
      case BACKWARD_WEIGHT ->
          new TorchEntry(
              () -> {
                try (T_TensorTensorTensor_T gradients =
                    torch.convolution_backward(
                        output,
                        input,
                        weight,
                        noBiasSizes,
                        stride,
                        padding,
                        dilation,
                        transposed,
                        outputPadding,
                        shape.groups(),
                        weightOnly)) {
                  return new Tensor(gradients.get1());
                }
              },
              problem.result().length);
    };
  }

  /** Which of the three gradients to compute: of the input, the weight and the bias. */
  private static BoolPointer mask(boolean input, boolean weight, boolean bias) {
    return new BoolPointer(3).put(0, input).put(1, weight).put(2, bias);
  }

  /** A function that returns its result; the one before it is freed first. */
  private static final class TorchEntry implements Entry {
    private final Supplier<Tensor> function;
    private final int elements;
    private Tensor result;

    TorchEntry(Supplier<Tensor> function, int elements) {
      this.function = function;
      this.elements = elements;
    }

    @Override
    public void run() {
      close();
      result = function.get();
    }

    @Override
    public float[] result() {
      float[] values = new float[elements];
      result.<FloatBuffer>createBuffer().get(values);
      return values;
    }

    @Override
    public void close() {
      if (result != null) {
        result.close();
      }
    }
  }
}

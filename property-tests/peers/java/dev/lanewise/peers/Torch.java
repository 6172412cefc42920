// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;

/** Arrays through a function of PyTorch's and back, with the gradients of autograd. */
final class Torch {
  static {
    torch.set_num_threads(1);
  }

  private Torch() {}

  /** A function of an input and of parameters. */
  @FunctionalInterface
  interface Function {
    Tensor apply(Tensor input, List<Tensor> parameters);
  }

  /** A function's value at one point, and its gradients for one gradient of the output. */
  record Result(float[] output, float[] gradInput, List<float[]> gradients) {}

  static Result run(
      Function function,
      dev.lanewise.nn.Tensor input,
      List<dev.lanewise.nn.Tensor> parameters,
      float[] gradOutput) {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = variable(input);
      scope.attach(x);
      List<Tensor> variables = parameters.stream().map(Torch::variable).toList();
      Tensor output = function.apply(x, variables);
      backward(output, of(gradOutput, output.sizes().vec().get()));
      List<float[]> gradients = new ArrayList<>();
      for (Tensor variable : variables) {
        gradients.add(values(variable.grad()));
      }
      return new Result(values(output), values(x.grad()), gradients);
    }
  }

  static void backward(Tensor output, Tensor gradOutput) {
    output.backward(gradOutput, new BoolOptional(), false, new TensorArrayRefOptional());
  }

  static Tensor of(float[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  static Tensor of(dev.lanewise.nn.Tensor tensor) {
    return of(tensor.data(), Arrays.stream(tensor.shape()).asLongStream().toArray());
  }

  static Tensor variable(dev.lanewise.nn.Tensor tensor) {
    return of(tensor).requires_grad_(true);
  }

  static Tensor labels(int[] labels) {
    return Tensor.create(Arrays.stream(labels).asLongStream().toArray());
  }

  static float[] values(Tensor tensor) {
    float[] values = new float[(int) tensor.numel()];
    try (Tensor detached = tensor.detach();
        Tensor contiguous = detached.contiguous()) {
      contiguous.<FloatBuffer>createBuffer().get(values);
    }
    return values;
  }
}

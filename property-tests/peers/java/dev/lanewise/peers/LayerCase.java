// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import dev.lanewise.nn.Initializers;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import java.util.List;

/**
 * A layer beside PyTorch's function of the same name, at one random point. Output, input gradient
 * and parameter gradients are sums of products, so the bound of the numbers policy holds for both;
 * what the sums amount to without their signs PyTorch says when it is given no sign.
 *
 * @param layer ours
 * @param function PyTorch's
 * @param input x
 * @param terms K, the products in the longest sum of any result
 * @param selecting whether the input decides which elements are taken, rather than being a factor
 */
record LayerCase(
    Layer layer, Torch.Function function, Tensor input, long terms, boolean selecting) {

  void require(SplitMix64 random) {
    Tensor output = layer.forward(input);
    Tensor gradOutput = random(random, output.shape());
    List<Tensor> parameters = layer.parameters().stream().map(Parameter::value).toList();
    Torch.Result theirs = Torch.run(function, input, parameters, gradOutput.data());
    Torch.Result magnitudes =
        Torch.run(
            function,
            selecting ? input : unsigned(input),
            parameters.stream().map(LayerCase::unsigned).toList(),
            unsigned(gradOutput).data());
    requireAgreement("output", theirs.output(), output.data(), magnitudes.output());
    layer.zeroGrad();
    float[] gradInput = layer.backward(gradOutput).data();
    requireAgreement("gradient of input", theirs.gradInput(), gradInput, magnitudes.gradInput());
    for (int i = 0; i < parameters.size(); i++) {
      requireAgreement(
          "gradient of " + layer.parameters().get(i).name(),
          theirs.gradients().get(i),
          layer.parameters().get(i).gradient().data(),
          magnitudes.gradients().get(i));
    }
  }

  private void requireAgreement(String what, float[] theirs, float[] ours, float[] magnitudes) {
    double[] unsigned = doubles(magnitudes);
    for (int i = 0; i < unsigned.length; i++) {
      unsigned[i] = Math.abs(unsigned[i]);
    }
    NumbersPolicy.requireAgreement(
        layer + " of " + input + ", " + what,
        doubles(theirs),
        doubles(ours),
        terms,
        unsigned,
        Precision.FLOAT);
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  static Tensor random(SplitMix64 random, int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    Initializers.uniform(tensor, -1, 1, random);
    return tensor;
  }

  private static Tensor unsigned(Tensor tensor) {
    float[] data = tensor.data().clone();
    for (int i = 0; i < data.length; i++) {
      data[i] = Math.abs(data[i]);
    }
    return Tensor.of(data, tensor.shape());
  }
}

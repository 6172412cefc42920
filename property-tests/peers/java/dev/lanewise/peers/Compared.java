// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import java.util.List;

/**
 * A layer's results beside PyTorch's where they are no sums of products: the property says how many
 * roundings of what magnitude each may differ by.
 */
record Compared(
    Torch.Result theirs,
    float[] output,
    float[] gradOutput,
    float[] gradInput,
    List<float[]> gradients) {

  static Compared of(Layer layer, Torch.Function function, Tensor input, SplitMix64 random) {
    Tensor output = layer.forward(input);
    Tensor gradOutput = LayerCase.random(random, output.shape());
    layer.zeroGrad();
    Tensor gradInput = layer.backward(gradOutput);
    return new Compared(
        Torch.run(
            function,
            input,
            layer.parameters().stream().map(Parameter::value).toList(),
            gradOutput.data()),
        output.data(),
        gradOutput.data(),
        gradInput.data(),
        layer.parameters().stream().map(p -> p.gradient().data()).toList());
  }

  void requireOutput(long roundings, float[] magnitudes) {
    require("output", roundings, theirs.output(), output, magnitudes);
  }

  void requireGradInput(long roundings, float[] magnitudes) {
    require("gradient of input", roundings, theirs.gradInput(), gradInput, magnitudes);
  }

  void requireGradient(int parameter, long roundings, float[] magnitudes) {
    require(
        "gradient of parameter " + parameter,
        roundings,
        theirs.gradients().get(parameter),
        gradients.get(parameter),
        magnitudes);
  }

  static void require(
      String what, long roundings, float[] theirs, float[] ours, float[] magnitudes) {
    double[] unsigned = LayerCase.doubles(magnitudes);
    for (int i = 0; i < unsigned.length; i++) {
      unsigned[i] = Math.abs(unsigned[i]);
    }
    NumbersPolicy.requireAgreement(
        what,
        LayerCase.doubles(theirs),
        LayerCase.doubles(ours),
        roundings,
        unsigned,
        Precision.FLOAT);
  }
}

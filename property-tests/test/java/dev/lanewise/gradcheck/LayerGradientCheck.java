// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gradcheck;

import dev.lanewise.nn.DoubleLayer;
import dev.lanewise.nn.DoubleParameter;
import dev.lanewise.nn.DoubleTensor;
import dev.lanewise.reference.GradientCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Holds a layer's gradients, with respect to its input and to every parameter, to central
 * differences of f = Σ g·output for a random g. An error anywhere in the layer's Jacobian changes
 * the gradient of f, unless g happens to be orthogonal to it.
 */
final class LayerGradientCheck {
  private LayerGradientCheck() {}

  /**
   * Checks a layer at one input.
   *
   * @throws AssertionError if a gradient is wrong
   */
  static void require(DoubleLayer layer, DoubleTensor input, RandomGenerator random) {
    DoubleTensor gradOutput = Numbers.random(random, layer.forward(input).shape());
    layer.zeroGrad();
    double[] gradInput = layer.backward(gradOutput).data().clone();
    List<double[]> gradients = new ArrayList<>();
    layer.parameters().forEach(p -> gradients.add(p.gradient().data().clone()));

    requireGradient("input", layer, input, gradOutput, input, gradInput);
    for (int i = 0; i < gradients.size(); i++) {
      DoubleParameter parameter = layer.parameters().get(i);
      requireGradient(
          parameter.name(), layer, input, gradOutput, parameter.value(), gradients.get(i));
    }
  }

  private static void requireGradient(
      String name,
      DoubleLayer layer,
      DoubleTensor input,
      DoubleTensor gradOutput,
      DoubleTensor variable,
      double[] gradient) {
    GradientCheck.require(
        "gradient of " + name,
        point -> Numbers.dot(gradOutput.data(), layer.forward(input).data()),
        variable.data(),
        gradient);
  }
}

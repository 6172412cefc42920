// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Tensor;
import dev.lanewise.reference.NumbersPolicy;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/**
 * What a network of ours chose in one forward: the elements that a ReLU let through, and where each
 * maximum of a 2×2 pooling lay. PyTorch's functions here choose the same.
 *
 * <p>A choice is where training is not continuous. Two candidates that are a rounding apart lie
 * either way round in two correct libraries; each then gives the gradient to another element.
 * Traced for the classifier: parameters were 10⁻⁷ apart for nine steps; in the tenth two maxima lay
 * elsewhere, with candidates 6·10⁻⁸ apart, and the gradients differed by a hundredth; after a
 * hundred steps the parameters did by a tenth. That is no fault of either, so a bound on how far
 * rounding leads two runs apart can only be had between runs that choose alike. A choice that is
 * not a rounding away from PyTorch's own is an error.
 */
final class Choices {
  private final Tensor input;

  /** By layer. */
  private final List<Tensor> outputs = new ArrayList<>();

  private final int steps;

  private Choices(Tensor input, int steps) {
    this.input = input;
    this.steps = steps;
  }

  /**
   * Applies the network, whose backward may follow.
   *
   * @param steps of training that ours and PyTorch's have gone apart
   */
  static Choices of(Sequential network, Tensor input, int steps) {
    Choices choices = new Choices(input, steps);
    Tensor output = input;
    for (Layer layer : network.layers()) {
      output = layer.forward(output);
      choices.outputs.add(output);
    }
    return choices;
  }

  /** What the network gave. */
  Tensor output() {
    return outputs.getLast();
  }

  /** The rectified {@code x} of the ReLU that is {@code layer} of the network. */
  org.bytedeco.pytorch.Tensor relu(org.bytedeco.pytorch.Tensor x, int layer) {
    float[] output = outputs.get(layer).data();
    float[] kept = new float[output.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = output[i] > 0 ? 1 : 0;
    }
    var chosen = x.mul(Torch.of(kept, sizes(outputs.get(layer))));
    requireClose(torch.relu(x), chosen, x);
    return chosen;
  }

  /** The maxima of {@code x} in the pooling that is {@code layer} of the network. */
  org.bytedeco.pytorch.Tensor maxPool(org.bytedeco.pytorch.Tensor x, int layer) {
    Tensor from = layer == 0 ? input : outputs.get(layer - 1);
    Tensor maxima = outputs.get(layer);
    int height = from.size(2);
    int width = from.size(3);
    long planes = (long) from.size(0) * from.size(1);
    int columns = maxima.size(3);
    long[] indices = new long[maxima.data().length];
    for (int i = 0; i < indices.length; i++) {
      int row = 2 * (i / columns % maxima.size(2));
      int first = row * width + 2 * (i % columns);
      int plane = i / (columns * maxima.size(2)) * height * width;
      indices[i] = first + step(from.data(), plane + first, width, maxima.data()[i]);
    }
    var all = x.reshape(planes, (long) height * width);
    var index = org.bytedeco.pytorch.Tensor.create(indices, planes, indices.length / planes);
    var chosen = torch.gather(all, 1, index).reshape(sizes(maxima));
    requireClose(torch.max_pool2d(x, 2, 2), chosen, x);
    return chosen;
  }

  /** From the first element of a window to the first that has the maximum. */
  private static int step(float[] values, int first, int width, float maximum) {
    for (int step : new int[] {0, 1, width, width + 1}) {
      if (values[first + step] == maximum) {
        return step;
      }
    }
    throw new AssertionError("no element of the window at " + first + " is " + maximum);
  }

  private void requireClose(
      org.bytedeco.pytorch.Tensor own,
      org.bytedeco.pytorch.Tensor chosen,
      org.bytedeco.pytorch.Tensor x) {
    NumbersPolicy.requireSameChoice(
        steps,
        LayerCase.doubles(Torch.values(own)),
        LayerCase.doubles(Torch.values(chosen)),
        LayerCase.doubles(Torch.values(x)));
  }

  private static long[] sizes(Tensor tensor) {
    long[] sizes = new long[tensor.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = tensor.size(axis);
    }
    return sizes;
  }
}

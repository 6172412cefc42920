// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Activation;
import dev.lanewise.conv.Arithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Turns layers into the steps of an {@link Inference}. */
final class FloatSteps {
  private final Arithmetic arithmetic;
  private final Executor executor;
  private final int threads;
  private final List<Layer> layers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<FloatStep> steps = new ArrayList<>();

  FloatSteps(Layer network, Arithmetic arithmetic, Executor executor, int threads) {
    this.arithmetic = arithmetic;
    this.executor = executor;
    this.threads = threads;
    addAll(network);
  }

  /** Sequences dissolve, and what does nothing in evaluation goes. */
  private void addAll(Layer layer) {
    if (layer instanceof Sequential sequence) {
      for (Layer inner : sequence.layers()) {
        addAll(inner);
      }
    } else if (!(layer instanceof FloatDroppingLayer)) {
      layers.add(layer);
    }
  }

  Inference build(int[] inputShape) {
    int[] shape = inputShape;
    while (!layers.isEmpty()) {
      FloatStep step = next(layers.removeFirst(), shape);
      steps.add(step);
      shape = step.output().shape;
    }
    return new Inference(inputShape, names, steps);
  }

  private FloatStep next(Layer layer, int[] shape) {
    if (layer instanceof FloatFusingLayer fusing) {
      StringBuilder name = new StringBuilder(layer.toString());
      FloatFusion fusion =
          new FloatFusion(
              takeNormalization(name), takeActivation(name), arithmetic, executor, threads);
      names.add(name.toString());
      return fusing.fused(shape, fusion);
    }
    names.add(layer.toString());
    return layer instanceof FloatPlannedLayer planned
        ? planned.evaluated(shape)
        : new LayerStep(layer, shape);
  }

  /** The normalization that comes next, or null. */
  private BatchNorm2d takeNormalization(StringBuilder name) {
    if (!layers.isEmpty() && layers.getFirst() instanceof BatchNorm2d normalization) {
      take(0, name);
      return normalization;
    }
    return null;
  }

  /**
   * The activation that comes next. The maximum of a window and a function that never falls may
   * change places; so the convolution can have the activation behind a pooling. A window that reads
   * no element has a maximum of −∞, which no convolution sees.
   */
  private Activation takeActivation(StringBuilder name) {
    int next = 0;
    while (next < layers.size()
        && layers.get(next) instanceof MaxPool2d pooling
        && pooling.meetsImage()) {
      next++;
    }
    if (next == layers.size()) {
      return Activation.none();
    }
    Activation activation = activation(layers.get(next));
    if (activation != Activation.none()) {
      take(next, name);
    }
    return activation;
  }

  /** What the layer does, if a convolution in front of it can do so as well. */
  private static Activation activation(Layer layer) {
    if (layer instanceof ReLU) {
      return Activation.relu();
    }
    return layer instanceof LeakyReLU leaky && leaky.fuses()
        ? Activation.leakyRelu(leaky.slope())
        : Activation.none();
  }

  private void take(int index, StringBuilder name) {
    name.append(" + ").append(layers.remove(index));
  }

  /** Somebody else's layer, whose output is copied because it need not always be the same. */
  private static final class LayerStep extends FloatStep {
    private final Layer layer;

    LayerStep(Layer layer, int[] inputShape) {
      super(Tensor.zeros(layer.forward(Tensor.zeros(inputShape)).shape));
      this.layer = layer;
    }

    @Override
    void run(Tensor input, float[] workspace) {
      float[] computed = layer.forward(input).data;
      System.arraycopy(computed, 0, output().data, 0, computed.length);
    }
  }
}

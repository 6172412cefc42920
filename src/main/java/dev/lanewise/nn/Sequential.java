// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Layers one after the other: f<sub>n</sub>(… f<sub>1</sub>(f<sub>0</sub>(input))).
 *
 * <p>Its parameters are those of its layers, in order, under PyTorch's names: {@code 0.weight},
 * {@code 0.bias}, {@code 1.weight} and so on.
 */
public final class Sequential implements Layer {
  private final List<Layer> layers;
  private final List<Parameter> parameters;

  /** The first layer that learns; nothing in front of it needs a gradient but the input. */
  private final int firstLearning;

  private Sequential(List<Layer> layers) {
    this.layers = layers;
    this.parameters = qualifiedParameters(layers);
    this.firstLearning = firstLearning(layers);
  }

  /**
   * A network of some layers.
   *
   * @param layers the first to be applied first
   * @return the network
   * @throws IllegalArgumentException if a layer object occurs twice, be it inside another sequence:
   *     its second use would overwrite what the first needs for its gradient
   * @throws NullPointerException if a layer is null
   */
  public static Sequential of(Layer... layers) {
    Objects.requireNonNull(layers, "layers");
    Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < layers.length; i++) {
      if (!addAll(Objects.requireNonNull(layers[i], "layers"), seen)) {
        throw new IllegalArgumentException(
            "layers: index %d brings an object that is there before; a layer serves one place"
                .formatted(i));
      }
    }
    return new Sequential(List.of(layers));
  }

  /** Adds a layer and those inside it; whether none was there. */
  private static boolean addAll(Layer layer, Set<Layer> seen) {
    boolean added = seen.add(layer);
    if (layer instanceof Sequential sequence) {
      for (Layer inner : sequence.layers) {
        added &= addAll(inner, seen);
      }
    }
    return added;
  }

  /**
   * The layers.
   *
   * @return them, the first to be applied first
   */
  public List<Layer> layers() {
    return layers;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor output = Objects.requireNonNull(input, "input");
    for (int i = 0; i < layers.size(); i++) {
      output = layers.get(i).forward(output);
    }
    return output;
  }

  @Override
  public Tensor backward(Tensor gradOutput) {
    return backwardTo(0, Objects.requireNonNull(gradOutput, "gradOutput"));
  }

  @Override
  public void backwardParameters(Tensor gradOutput) {
    Objects.requireNonNull(gradOutput, "gradOutput");
    if (firstLearning < layers.size()) {
      Tensor gradient = backwardTo(firstLearning + 1, gradOutput);
      layers.get(firstLearning).backwardParameters(gradient);
    }
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public LayerSummary summary(int... inputShape) {
    int[] shape = inputShape.clone();
    List<LayerSummary> parts = new ArrayList<>();
    for (Layer layer : layers) {
      LayerSummary part = layer.summary(shape);
      parts.add(part);
      shape = part.outputShape().stream().mapToInt(Integer::intValue).toArray();
    }
    return LayerSummary.ofSequence("Sequential", shape, parts);
  }

  @Override
  public StateDict stateDict() {
    StateDict state = new StateDict();
    for (int i = 0; i < layers.size(); i++) {
      state.include(Integer.toString(i), layers.get(i).stateDict());
    }
    return state;
  }

  @Override
  public StateDict generatorState() {
    StateDict state = new StateDict();
    for (int i = 0; i < layers.size(); i++) {
      state.include(Integer.toString(i), layers.get(i).generatorState());
    }
    return state;
  }

  @Override
  public void training(boolean training) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).training(training);
    }
  }

  @Override
  public void threads(Executor executor, int threads) {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).threads(executor, threads);
    }
  }

  private Tensor backwardTo(int first, Tensor gradOutput) {
    Tensor gradient = gradOutput;
    for (int i = layers.size() - 1; i >= first; i--) {
      gradient = layers.get(i).backward(gradient);
    }
    return gradient;
  }

  private static List<Parameter> qualifiedParameters(List<Layer> layers) {
    List<Parameter> qualified = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      for (Parameter parameter : layers.get(i).parameters()) {
        qualified.add(parameter.in(Integer.toString(i)));
      }
    }
    return List.copyOf(qualified);
  }

  private static int firstLearning(List<Layer> layers) {
    int first = 0;
    while (first < layers.size() && layers.get(first).parameters().isEmpty()) {
      first++;
    }
    return first;
  }
}

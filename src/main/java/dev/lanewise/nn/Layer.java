// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * A function of one tensor with parameters to learn, and its derivative.
 *
 * <p><b>Ownership.</b> The tensors that {@link #forward} and {@link #backward} return belong to the
 * layer, which writes to them again at the next call with the same input shape. The input is the
 * caller's and must stay unchanged until backward. Because of these buffers one layer object serves
 * one thread and one place in a network.
 *
 * <p><b>Memory.</b> A shape seen for the first time costs a plan and buffers. They are kept for the
 * four shapes used last, so that a training loop with its shorter last batch and its evaluation
 * allocates nothing after the first epoch.
 *
 * <p><b>Gradients.</b> Those of parameters add up until {@link #zeroGrad}; that of the input
 * overwrites.
 */
public interface Layer {

  /**
   * Computes the output.
   *
   * @param input what the layer is a function of
   * @return the output
   * @throws IllegalArgumentException if the layer is not defined for the input's shape
   * @throws NullPointerException if input is null
   */
  Tensor forward(Tensor input);

  /**
   * Given the loss's gradient with respect to the output of the last {@link #forward}, computes
   * those with respect to its input and adds those with respect to the parameters.
   *
   * @param gradOutput the gradient of the output, of the output's shape
   * @return the gradient of the input, of the input's shape
   * @throws IllegalArgumentException if gradOutput has another shape than the output
   * @throws IllegalStateException if there was no forward
   * @throws NullPointerException if gradOutput is null
   */
  Tensor backward(Tensor gradOutput);

  /**
   * As {@link #backward} without the gradient of the input, which the first layer of a network does
   * not need.
   *
   * @param gradOutput the gradient of the output, of the output's shape
   * @throws IllegalArgumentException if gradOutput has another shape than the output
   * @throws IllegalStateException if there was no forward
   * @throws NullPointerException if gradOutput is null
   */
  default void backwardParameters(Tensor gradOutput) {
    backward(gradOutput);
  }

  /**
   * What the layer learns.
   *
   * @return the parameters, always the same and in the same order
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * What the layer is and costs at one input shape. Unless a layer knows better it is applied to
   * zeros to find out.
   *
   * @param inputShape the size of each axis of the input
   * @return shapes, counts and the algorithms chosen, which print as a table
   * @throws IllegalArgumentException if the layer is not defined for the shape
   */
  default LayerSummary summary(int... inputShape) {
    return LayerSummary.of(
        this, forward(Tensor.zeros(inputShape)).shape, parameterCount(), 0, List.of());
  }

  /**
   * How much there is to learn.
   *
   * @return the elements of all parameters
   */
  default long parameterCount() {
    return parameters().stream().mapToLong(p -> p.value().data.length).sum();
  }

  /**
   * What evaluation depends on: the parameters, and what else the layer keeps from training.
   *
   * @return the pieces, under the names that PyTorch's {@code state_dict()} has for them
   */
  default StateDict stateDict() {
    StateDict state = new StateDict();
    for (Parameter parameter : parameters()) {
      state.tensor(parameter.name(), parameter.value());
    }
    return state;
  }

  /**
   * What the random numbers to come depend on.
   *
   * @return the generators of a layer that draws any
   */
  default StateDict generatorState() {
    return new StateDict();
  }

  /** Makes forward what it is in training, as it is at first. */
  default void train() {
    training(true);
  }

  /** Makes forward what it is in evaluation: nothing is dropped at random. */
  default void eval() {
    training(false);
  }

  /**
   * Makes forward what it is in training or in evaluation. Most layers do the same in both.
   *
   * @param training true for training
   */
  default void training(boolean training) {}

  /**
   * Lends threads to the layers that can share their work: {@link Conv2dLayer} and {@link
   * ConvTranspose2dLayer}, by {@link dev.lanewise.conv.Conv2d.Builder#threads their operators'}
   * rules; all others, and what is too little to share, stay on the calling thread, as everything
   * does at first. The results have the same bits for any number of threads. May be called at any
   * time, but costs the plans and buffers that the layers have made so far.
   *
   * @param executor runs the tasks; must outlive the layer's use or reject them, which is no fault
   * @param threads how many work on a call at the most, the calling thread counted
   * @throws IllegalArgumentException if threads is not positive
   * @throws NullPointerException if executor is null
   */
  default void threads(Executor executor, int threads) {}

  /** Sets the gradient of every parameter to zero. */
  default void zeroGrad() {
    List<Parameter> parameters = parameters();
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).zeroGrad();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * Changes parameters against their gradients. A step allocates nothing.
 *
 * <pre>{@code
 * for (...) {
 *   optimizer.zeroGrad();
 *   double value = loss.forward(network.forward(input), target);
 *   network.backwardParameters(loss.backward());
 *   optimizer.step();
 * }
 * }</pre>
 */
public interface Optimizer {

  /** Changes every parameter once. */
  void step();

  /** Sets the gradient of every parameter to zero. */
  void zeroGrad();

  /**
   * What the steps to come depend on besides the parameters and their gradients.
   *
   * @return the pieces; those of a parameter have its name in front of theirs
   */
  StateDict stateDict();

  /**
   * How far a step goes.
   *
   * @return the learning rate
   */
  double learningRate();

  /**
   * Changes how far the steps to come go, as a schedule does.
   *
   * @param learningRate the new learning rate
   * @throws IllegalArgumentException if it is negative or NaN
   */
  void learningRate(double learningRate);
}

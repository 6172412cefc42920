// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a layer learns: a value, and the gradient of the loss with respect to it.
 *
 * <p>Every backward pass adds to the gradient; {@link #zeroGrad} clears it. The two tensors stay
 * the same objects for life, so that an optimizer and a layer can both hold them.
 */
public final class Parameter {
  private final String name;
  private final Tensor value;
  private final Tensor gradient;

  private Parameter(String name, Tensor value, Tensor gradient) {
    this.name = name;
    this.value = value;
    this.gradient = gradient;
  }

  /**
   * A parameter with a gradient of zeros.
   *
   * @param name what the layer calls it, such as {@code weight}
   * @param value the elements to learn; kept, not copied
   * @return the parameter
   * @throws NullPointerException if an argument is null
   */
  public static Parameter of(String name, Tensor value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    return new Parameter(name, value, Tensor.zeros(value.shape));
  }

  /**
   * The same value and gradient under the name they have inside another layer, {@code owner.name}.
   *
   * @param owner what the other layer calls the one that has this parameter
   * @return the renamed parameter
   * @throws NullPointerException if owner is null
   */
  public Parameter in(String owner) {
    Objects.requireNonNull(owner, "owner");
    return new Parameter(owner + "." + name, value, gradient);
  }

  /**
   * The name, unique among the parameters of one layer. It is PyTorch's: {@code 0.weight} is the
   * weight of the first layer of a sequence.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * The elements that an optimizer changes.
   *
   * @return the value
   */
  public Tensor value() {
    return value;
  }

  /**
   * The sum of the gradients since the last {@link #zeroGrad}.
   *
   * @return the gradient, of the value's shape
   */
  public Tensor gradient() {
    return gradient;
  }

  /** Sets the gradient to zero. */
  public void zeroGrad() {
    Arrays.fill(gradient.data, 0);
  }

  /** The name and the shape: {@code 0.weight[10, 1, 3, 3]}. */
  @Override
  public String toString() {
    return name + value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

/**
 * A sum of products of an input x and a weight w, plus a bias b, with its gradients: what a
 * convolution and a transposed convolution have in common. The implementations say which products.
 *
 * <p>All arrays are flat, row-major and exactly as long as the operand. The methods whose names end
 * in Magnitude return the same sums with every operand's sign dropped, and those ending in Terms
 * the number of products in one sum; together they are what {@link NumbersPolicy#bound} asks for.
 */
public sealed interface ReferenceConvolution permits ReferenceConv2d, ReferenceConvTranspose2d {

  /**
   * y from x, w and b.
   *
   * @param input x
   * @param weight w
   * @param bias b, or null for none
   * @return y
   */
  double[] forward(double[] input, double[] weight, double[] bias);

  /**
   * The gradient of x from that of y.
   *
   * @param gradOutput the gradient of y
   * @param weight w
   * @return the gradient of x
   */
  double[] backwardInput(double[] gradOutput, double[] weight);

  /**
   * The gradient of w from that of y.
   *
   * @param input x
   * @param gradOutput the gradient of y
   * @return the gradient of w
   */
  double[] backwardWeight(double[] input, double[] gradOutput);

  /**
   * The gradient of b from that of y.
   *
   * @param gradOutput the gradient of y
   * @return the gradient of b
   */
  double[] backwardBias(double[] gradOutput);

  /**
   * The same operator on padding without its sign.
   *
   * @return the operator that the magnitudes come from
   */
  ReferenceConvolution absolute();

  /**
   * Σ|x||w| + |b| of each y.
   *
   * @param input x
   * @param weight w
   * @param bias b, or null for none
   * @return one magnitude for each element of y
   */
  default double[] forwardMagnitude(double[] input, double[] weight, double[] bias) {
    return absolute().forward(Shape.absolute(input), Shape.absolute(weight), Shape.absolute(bias));
  }

  /**
   * Σ|gradient of y||w| of each gradient of x.
   *
   * @param gradOutput the gradient of y
   * @param weight w
   * @return one magnitude for each element of x
   */
  default double[] backwardInputMagnitude(double[] gradOutput, double[] weight) {
    return absolute().backwardInput(Shape.absolute(gradOutput), Shape.absolute(weight));
  }

  /**
   * Σ|x||gradient of y| of each gradient of w.
   *
   * @param input x
   * @param gradOutput the gradient of y
   * @return one magnitude for each element of w
   */
  default double[] backwardWeightMagnitude(double[] input, double[] gradOutput) {
    return absolute().backwardWeight(Shape.absolute(input), Shape.absolute(gradOutput));
  }

  /**
   * Σ|gradient of y| of each gradient of b.
   *
   * @param gradOutput the gradient of y
   * @return one magnitude for each element of b
   */
  default double[] backwardBiasMagnitude(double[] gradOutput) {
    return absolute().backwardBias(Shape.absolute(gradOutput));
  }

  /**
   * K of {@link #forward}.
   *
   * @return the products in one y, at most
   */
  long forwardTerms();

  /**
   * K of {@link #backwardInput}.
   *
   * @return the products in one gradient of x, at most
   */
  long backwardInputTerms();

  /**
   * K of {@link #backwardWeight}.
   *
   * @return the products in one gradient of w
   */
  long backwardWeightTerms();

  /**
   * K of {@link #backwardBias}.
   *
   * @return the elements of y that share one b
   */
  long backwardBiasTerms();

  /**
   * The multiply-adds of one pass; the loops take a few nanoseconds for each.
   *
   * @return all products that the passes walk over
   */
  long products();

  /**
   * N·IC·IH·IW.
   *
   * @return the elements of x
   */
  int inputElements();

  /**
   * The elements of w.
   *
   * @return IC·OC/G·KH·KW
   */
  int weightElements();

  /**
   * OC.
   *
   * @return the elements of b
   */
  int biasElements();

  /**
   * N·OC·OH·OW.
   *
   * @return the elements of y
   */
  int outputElements();

  /**
   * OH.
   *
   * @return the rows of y
   */
  int outHeight();

  /**
   * OW.
   *
   * @return the columns of y
   */
  int outWidth();
}

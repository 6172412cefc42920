// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static dev.lanewise.conv.GeometryRules.elements;
import static dev.lanewise.conv.GeometryRules.requireAtLeastOne;
import static dev.lanewise.conv.GeometryRules.requireBatch;
import static dev.lanewise.conv.GeometryRules.requireGroups;
import static dev.lanewise.conv.GeometryRules.requirePositiveGroups;

import dev.lanewise.internal.conv.ColumnShape;
import java.util.Objects;

/**
 * The sizes of a 2-D convolution: everything that decides which products are summed.
 *
 * <pre>{@code
 * Conv2dGeometry.input(1, 64, 56, 56).kernel(128, 3, 3).stride(2).padding(1)
 * }</pre>
 *
 * <p>With span(k, d) = d·(k − 1) + 1, the output has OH = ⌊(IH + top + bottom − span(KH,
 * dilationHeight)) / strideHeight⌋ + 1 rows, and as many columns by the same formula. Weights are
 * OIHW, {@code (OC, IC/groups, KH, KW)}; activations are NCHW.
 *
 * <p>Each method returns a changed copy and checks its own argument; what several parts must
 * satisfy together is checked when the output size is asked for or an operator is built.
 *
 * @param batch N, the images; may be 0
 * @param inChannels IC
 * @param inHeight IH
 * @param inWidth IW
 * @param outChannels OC
 * @param window kernel, stride, padding and dilation
 * @param groups independent convolutions that the channels are divided into
 */
public record Conv2dGeometry(
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    Window window,
    int groups) {

  /**
   * Checks every part by itself.
   *
   * @throws IllegalArgumentException if a part is out of range
   * @throws NullPointerException if window is null
   */
  public Conv2dGeometry {
    requireBatch(batch);
    requireAtLeastOne("inChannels", inChannels);
    requireAtLeastOne("inHeight", inHeight);
    requireAtLeastOne("inWidth", inWidth);
    requireAtLeastOne("outChannels", outChannels);
    Objects.requireNonNull(window, "window");
    requirePositiveGroups(groups);
  }

  /**
   * Starts from a batch of inputs, with a 1×1 kernel to one channel.
   *
   * @param batch N, may be 0
   * @param channels IC
   * @param height IH
   * @param width IW
   * @return the geometry so far
   */
  public static Conv2dGeometry input(int batch, int channels, int height, int width) {
    return new Conv2dGeometry(batch, channels, height, width, 1, Window.ONE, 1);
  }

  /**
   * Starts from one unbatched input, C×H×W.
   *
   * @param channels IC
   * @param height IH
   * @param width IW
   * @return the geometry so far
   */
  public static Conv2dGeometry input(int channels, int height, int width) {
    return input(1, channels, height, width);
  }

  /**
   * Sets the kernel.
   *
   * @param outChannels OC
   * @param height KH
   * @param width KW
   * @return the changed geometry
   */
  public Conv2dGeometry kernel(int outChannels, int height, int width) {
    return new Conv2dGeometry(
        batch, inChannels, inHeight, inWidth, outChannels, window.kernel(height, width), groups);
  }

  /**
   * Sets the same stride on both axes.
   *
   * @param both elements from one window to the next
   * @return the changed geometry
   */
  public Conv2dGeometry stride(int both) {
    return stride(both, both);
  }

  /**
   * Sets the stride.
   *
   * @param height rows from one window to the next
   * @param width columns from one window to the next
   * @return the changed geometry
   */
  public Conv2dGeometry stride(int height, int width) {
    return with(window.stride(height, width));
  }

  /**
   * Sets the same number of zeros on every side.
   *
   * @param all elements per side
   * @return the changed geometry
   */
  public Conv2dGeometry padding(int all) {
    return padding(Padding.of(all));
  }

  /**
   * Sets the padding.
   *
   * @param padding the amounts and what they hold
   * @return the changed geometry
   */
  public Conv2dGeometry padding(Padding padding) {
    return with(window.padding(padding));
  }

  /**
   * Sets the same dilation on both axes.
   *
   * @param both elements from one tap to the next; 1 = none between
   * @return the changed geometry
   */
  public Conv2dGeometry dilation(int both) {
    return dilation(both, both);
  }

  /**
   * Sets the dilation.
   *
   * @param height rows from one tap to the next
   * @param width columns from one tap to the next
   * @return the changed geometry
   */
  public Conv2dGeometry dilation(int height, int width) {
    return with(window.dilation(height, width));
  }

  /**
   * Divides the channels into independent convolutions.
   *
   * @param groups the number of groups; IC of them, each with its own kernels, is depthwise
   * @return the changed geometry
   */
  public Conv2dGeometry groups(int groups) {
    return new Conv2dGeometry(batch, inChannels, inHeight, inWidth, outChannels, window, groups);
  }

  /**
   * OH.
   *
   * @return the rows of the output
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public int outHeight() {
    return columns().outHeight();
  }

  /**
   * OW.
   *
   * @return the columns of the output
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public int outWidth() {
    return columns().outWidth();
  }

  /**
   * N·IC·IH·IW.
   *
   * @return the elements of the input
   */
  public long inputElements() {
    return elements(batch, inChannels, inHeight, inWidth);
  }

  /**
   * OC·(IC/groups)·KH·KW.
   *
   * @return the elements of the weight
   */
  public long weightElements() {
    return elements(outChannels, inChannels / groups, window.kernelHeight(), window.kernelWidth());
  }

  /**
   * N·OC·OH·OW.
   *
   * @return the elements of the output
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public long outputElements() {
    return elements(batch, outChannels, outHeight(), outWidth());
  }

  /**
   * N·OC·OH·OW·(IC/groups)·KH·KW.
   *
   * @return the multiply-adds of one pass; taps on padding count
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public long multiplyAdds() {
    return elements(outputElements(), columns().rows(), 1, 1);
  }

  /** The windows of one group, once everything fits together. */
  ColumnShape columns() {
    requireGroups(groups, inChannels, outChannels);
    return window.over(inChannels / groups, inHeight, inWidth);
  }

  private Conv2dGeometry with(Window window) {
    return new Conv2dGeometry(batch, inChannels, inHeight, inWidth, outChannels, window, groups);
  }
}

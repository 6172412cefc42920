// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static dev.lanewise.conv.GeometryRules.elements;
import static dev.lanewise.conv.GeometryRules.require;
import static dev.lanewise.conv.GeometryRules.requireAtLeastOne;
import static dev.lanewise.conv.GeometryRules.requireBatch;
import static dev.lanewise.conv.GeometryRules.requireGroups;
import static dev.lanewise.conv.GeometryRules.requirePlane;
import static dev.lanewise.conv.GeometryRules.requirePositiveGroups;

import dev.lanewise.internal.conv.ColumnShape;
import java.util.Objects;

/**
 * The sizes of a 2-D transposed convolution: the adjoint of the {@link Conv2dGeometry convolution}
 * that leads from its output back to its input.
 *
 * <pre>{@code
 * ConvTranspose2dGeometry.input(16, 256, 8, 8).kernel(128, 4, 4).stride(2).padding(1)
 * }</pre>
 *
 * <p>With span(k, d) = d·(k − 1) + 1, the output has OH = (IH − 1)·strideHeight − top − bottom +
 * span(KH, dilationHeight) + outputPaddingHeight rows, and as many columns by the same formula.
 * Weights are IOHW, {@code (IC, OC/groups, KH, KW)}, as PyTorch's; activations are NCHW.
 *
 * <p>Padding takes rows and columns away from the output, so it has amounts but neither a mode nor
 * a value. {@link Padding#same()} makes the output input · stride.
 *
 * @param batch N, the images; may be 0
 * @param inChannels IC
 * @param inHeight IH
 * @param inWidth IW
 * @param outChannels OC
 * @param window kernel, stride, padding and dilation, sliding over the output
 * @param outputPaddingHeight rows added below the output
 * @param outputPaddingWidth columns added to the right of the output
 * @param groups independent convolutions that the channels are divided into
 */
public record ConvTranspose2dGeometry(
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    Window window,
    int outputPaddingHeight,
    int outputPaddingWidth,
    int groups) {

  /**
   * Checks every part by itself.
   *
   * @throws IllegalArgumentException if a part is out of range, or the padding is not of zeros
   * @throws NullPointerException if window is null
   */
  public ConvTranspose2dGeometry {
    requireBatch(batch);
    requireAtLeastOne("inChannels", inChannels);
    requireAtLeastOne("inHeight", inHeight);
    requireAtLeastOne("inWidth", inWidth);
    requireAtLeastOne("outChannels", outChannels);
    Objects.requireNonNull(window, "window");
    require(
        window.padding().mode() == PaddingMode.CONSTANT && window.padding().value() == 0,
        "Only \"zeros\" padding mode is supported for ConvTranspose2d: padding=%s",
        window.padding());
    require(
        outputPaddingHeight >= 0 && outputPaddingWidth >= 0,
        "negative output padding is not supported: outputPadding=(%d, %d)",
        outputPaddingHeight,
        outputPaddingWidth);
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
  public static ConvTranspose2dGeometry input(int batch, int channels, int height, int width) {
    return new ConvTranspose2dGeometry(batch, channels, height, width, 1, Window.ONE, 0, 0, 1);
  }

  /**
   * Starts from one unbatched input, C×H×W.
   *
   * @param channels IC
   * @param height IH
   * @param width IW
   * @return the geometry so far
   */
  public static ConvTranspose2dGeometry input(int channels, int height, int width) {
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
  public ConvTranspose2dGeometry kernel(int outChannels, int height, int width) {
    return new ConvTranspose2dGeometry(
        batch,
        inChannels,
        inHeight,
        inWidth,
        outChannels,
        window.kernel(height, width),
        outputPaddingHeight,
        outputPaddingWidth,
        groups);
  }

  /**
   * Sets the same stride on both axes.
   *
   * @param both output elements from one input element to the next
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry stride(int both) {
    return stride(both, both);
  }

  /**
   * Sets the stride.
   *
   * @param height output rows from one input row to the next
   * @param width output columns from one input column to the next
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry stride(int height, int width) {
    return with(window.stride(height, width));
  }

  /**
   * Cuts the same number of rows and columns off every side.
   *
   * @param all elements per side
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry padding(int all) {
    return padding(Padding.of(all));
  }

  /**
   * Sets the padding.
   *
   * @param padding the amounts cut off the output
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry padding(Padding padding) {
    return with(window.padding(padding));
  }

  /**
   * Sets the same dilation on both axes.
   *
   * @param both elements from one tap to the next; 1 = none between
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry dilation(int both) {
    return dilation(both, both);
  }

  /**
   * Sets the dilation.
   *
   * @param height rows from one tap to the next
   * @param width columns from one tap to the next
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry dilation(int height, int width) {
    return with(window.dilation(height, width));
  }

  /**
   * Sets the same output padding on both axes.
   *
   * @param both rows and columns added
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry outputPadding(int both) {
    return outputPadding(both, both);
  }

  /**
   * Adds rows below and columns to the right of the output.
   *
   * @param height rows; less than stride or dilation
   * @param width columns; less than stride or dilation
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry outputPadding(int height, int width) {
    return new ConvTranspose2dGeometry(
        batch, inChannels, inHeight, inWidth, outChannels, window, height, width, groups);
  }

  /**
   * Divides the channels into independent convolutions.
   *
   * @param groups the number of groups
   * @return the changed geometry
   */
  public ConvTranspose2dGeometry groups(int groups) {
    return new ConvTranspose2dGeometry(
        batch,
        inChannels,
        inHeight,
        inWidth,
        outChannels,
        window,
        outputPaddingHeight,
        outputPaddingWidth,
        groups);
  }

  /**
   * Chooses the output padding that gives one output size, as PyTorch's {@code output_size}.
   * Kernel, stride, padding and dilation are set before.
   *
   * @param height OH wanted
   * @param width OW wanted
   * @return the changed geometry
   * @throws IllegalArgumentException if no output padding below the stride gives that size
   */
  public ConvTranspose2dGeometry outputSize(int height, int width) {
    boolean same = window.padding().rule() != Padding.Rule.EXPLICIT;
    long leastHeight = outHeight(0);
    long leastWidth = outWidth(0);
    long mostHeight = same ? leastHeight : leastHeight + window.strideHeight() - 1;
    long mostWidth = same ? leastWidth : leastWidth + window.strideWidth() - 1;
    require(
        height >= leastHeight && height <= mostHeight && width >= leastWidth && width <= mostWidth,
        "requested an output size of (%d, %d), but valid sizes range from (%d, %d) to (%d, %d)"
            + " (for an input of (%d, %d))",
        height,
        width,
        leastHeight,
        leastWidth,
        mostHeight,
        mostWidth,
        inHeight,
        inWidth);
    return outputPadding((int) (height - leastHeight), (int) (width - leastWidth));
  }

  /**
   * OH.
   *
   * @return the rows of the output
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public int outHeight() {
    return columns().vertical().input();
  }

  /**
   * OW.
   *
   * @return the columns of the output
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public int outWidth() {
    return columns().horizontal().input();
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
   * IC·(OC/groups)·KH·KW.
   *
   * @return the elements of the weight
   */
  public long weightElements() {
    return elements(inChannels, outChannels / groups, window.kernelHeight(), window.kernelWidth());
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
   * N·IC·IH·IW·(OC/groups)·KH·KW.
   *
   * @return the multiply-adds of one pass; those that padding cuts off count
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public long multiplyAdds() {
    return elements(inputElements(), columns().rows(), 1, 1);
  }

  /**
   * The windows of the mirrored convolution, which slide over this one's output; one group, once
   * everything fits together.
   */
  ColumnShape columns() {
    requireGroups(groups, inChannels, outChannels);
    requireOutputPadding();
    long outHeight = outHeight(outputPaddingHeight);
    long outWidth = outWidth(outputPaddingWidth);
    require(
        outHeight >= 1 && outWidth >= 1,
        "Given input size per channel: (%d x %d). Calculated output size per channel: (%d x %d)."
            + " Output size is too small",
        inHeight,
        inWidth,
        outHeight,
        outWidth);
    requirePlane("input", inHeight, inWidth);
    requirePlane("output", outHeight, outWidth);
    return window.columns(
        outChannels / groups, (int) outHeight, (int) outWidth, amounts(), inHeight, inWidth);
  }

  /** What is cut off the output, the SAME rules resolved. */
  private Padding amounts() {
    return window
        .padding()
        .resolve(
            Math.max(0, window.spanHeight() - window.strideHeight()),
            Math.max(0, window.spanWidth() - window.strideWidth()));
  }

  private long outHeight(int outputPadding) {
    Padding amounts = amounts();
    return window.padding().rule() == Padding.Rule.EXPLICIT
        ? (inHeight - 1L) * window.strideHeight()
            + window.spanHeight()
            + outputPadding
            - amounts.top()
            - amounts.bottom()
        : (long) inHeight * window.strideHeight();
  }

  private long outWidth(int outputPadding) {
    Padding amounts = amounts();
    return window.padding().rule() == Padding.Rule.EXPLICIT
        ? (inWidth - 1L) * window.strideWidth()
            + window.spanWidth()
            + outputPadding
            - amounts.left()
            - amounts.right()
        : (long) inWidth * window.strideWidth();
  }

  private void requireOutputPadding() {
    require(
        (outputPaddingHeight < window.strideHeight()
                || outputPaddingHeight < window.dilationHeight())
            && (outputPaddingWidth < window.strideWidth()
                || outputPaddingWidth < window.dilationWidth()),
        "output padding must be smaller than either stride or dilation, but got"
            + " output_padding_height: %d output_padding_width: %d stride_height: %d"
            + " stride_width: %d dilation_height: %d dilation_width: %d",
        outputPaddingHeight,
        outputPaddingWidth,
        window.strideHeight(),
        window.strideWidth(),
        window.dilationHeight(),
        window.dilationWidth());
    require(
        window.padding().rule() == Padding.Rule.EXPLICIT
            || (outputPaddingHeight == 0 && outputPaddingWidth == 0),
        "padding='same' leaves no output padding to choose, but got outputPadding=(%d, %d)",
        outputPaddingHeight,
        outputPaddingWidth);
  }

  private ConvTranspose2dGeometry with(Window window) {
    return new ConvTranspose2dGeometry(
        batch,
        inChannels,
        inHeight,
        inWidth,
        outChannels,
        window,
        outputPaddingHeight,
        outputPaddingWidth,
        groups);
  }
}

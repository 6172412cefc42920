// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * The mean of each window, as PyTorch defines it.
 *
 * <pre>
 * output[n, c, oh, ow] =
 *     Σ over kh, kw of input[n, c, oh·stride + kh − padding, ow·stride + kw − padding] / (KH·KW)
 * </pre>
 *
 * <p>The input is N×C×IH×IW, or C×IH×IW. Padding is 0 and counts as elements of a window, unless
 * {@link Builder#withoutCountingPadding} is set. The windows lie side by side unless a stride is
 * set.
 */
public final class AvgPool2d extends FloatPlannedLayer {
  private final PoolWindow window;
  private final boolean countsPadding;

  private AvgPool2d(PoolWindow window, boolean countsPadding) {
    super(List.of());
    this.window = window;
    this.countsPadding = countsPadding;
  }

  /**
   * A layer with a square window.
   *
   * @param kernel KH and KW
   * @return a builder with the kernel as the stride and no padding
   * @throws IllegalArgumentException if the kernel is not positive
   */
  public static Builder of(int kernel) {
    return of(kernel, kernel);
  }

  /**
   * A layer with a rectangular window.
   *
   * @param kernelHeight KH
   * @param kernelWidth KW
   * @return a builder with the kernel as the stride and no padding
   * @throws IllegalArgumentException if one is not positive
   */
  public static Builder of(int kernelHeight, int kernelWidth) {
    return new Builder(PoolWindow.of(kernelHeight, kernelWidth));
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    ImageShape images = ImageShape.of("avg_pool2d", inputShape);
    PoolShape shape = PoolShape.of(window, images);
    return new FloatAveragePooling(
        images.resized(images.channels(), shape.outHeight(), shape.outWidth()),
        shape,
        countsPadding);
  }

  @Override
  String settings() {
    return window.toString();
  }

  /** Sets what an {@link AvgPool2d} is made of. Each method changes the builder and returns it. */
  public static final class Builder {
    private PoolWindow window;
    private boolean countsPadding = true;

    private Builder(PoolWindow window) {
      this.window = window;
    }

    /**
     * Sets the same stride on both axes.
     *
     * @param both elements from one window to the next
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder stride(int both) {
      return stride(both, both);
    }

    /**
     * Sets the stride.
     *
     * @param height rows from one window to the next
     * @param width columns from one window to the next
     * @return this
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder stride(int height, int width) {
      window = window.stride(height, width);
      return this;
    }

    /**
     * Sets the same padding on every side.
     *
     * @param all elements per side
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder padding(int all) {
      return padding(all, all);
    }

    /**
     * Sets the padding, of zeros.
     *
     * @param height rows above, and as many below
     * @param width columns to the left, and as many to the right
     * @return this
     * @throws IllegalArgumentException if one is negative
     */
    public Builder padding(int height, int width) {
      window = window.padding(height, width);
      return this;
    }

    /**
     * Rounds the number of windows up, so that the last may stand over the edge.
     *
     * @return this
     */
    public Builder ceil() {
      window = window.roundedUp();
      return this;
    }

    /**
     * Divides by the elements of the image alone; PyTorch's {@code count_include_pad=False}.
     *
     * @return this
     */
    public Builder withoutCountingPadding() {
      countsPadding = false;
      return this;
    }

    /**
     * Makes the layer.
     *
     * @return the layer
     * @throws IllegalArgumentException if the padding is more than half of the kernel
     */
    public AvgPool2d build() {
      window.requirePaddingWithinHalf();
      return new AvgPool2d(window, countsPadding);
    }
  }
}

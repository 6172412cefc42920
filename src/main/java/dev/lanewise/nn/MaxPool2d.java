// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * The maximum of each window, as PyTorch defines it.
 *
 * <pre>output[n, c, oh, ow] = max over kh, kw of input[n, c, oh·stride + kh·dilation − padding, …]
 * </pre>
 *
 * <p>The input is N×C×IH×IW, or C×IH×IW. Padding never wins. Among equals the first in row-major
 * order does, and gets the whole gradient; NaN wins against every number, but in windows of 2×2
 * side by side its gradient goes to their first element, as {@link dev.lanewise.conv.MaxPooling2x2}
 * does it. The windows lie side by side unless a stride is set.
 */
public final class MaxPool2d extends FloatPlannedLayer {
  private final PoolWindow window;

  private MaxPool2d(PoolWindow window) {
    super(List.of());
    this.window = window;
  }

  /**
   * A layer with a square window.
   *
   * @param kernel KH and KW
   * @return a builder with the kernel as the stride, no padding, dilation 1
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
   * @return a builder with the kernel as the stride, no padding, dilation 1
   * @throws IllegalArgumentException if one is not positive
   */
  public static Builder of(int kernelHeight, int kernelWidth) {
    return new Builder(PoolWindow.of(kernelHeight, kernelWidth));
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    ImageShape images = ImageShape.of("max_pool2d", inputShape);
    PoolShape shape = PoolShape.of(window, images);
    int[] outputShape = images.resized(images.channels(), shape.outHeight(), shape.outWidth());
    return window.isPairs()
        ? new FloatPairPooling(shape, outputShape)
        : new FloatMaxPooling(shape, outputShape);
  }

  @Override
  String settings() {
    return window.toString();
  }

  boolean meetsImage() {
    return window.meetsImage();
  }

  /** Sets what a {@link MaxPool2d} is made of. Each method changes the builder and returns it. */
  public static final class Builder {
    private PoolWindow window;

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
     * Sets the padding, of −∞.
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
     * Sets the same dilation on both axes.
     *
     * @param both elements from one tap to the next; 1 = none between
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder dilation(int both) {
      return dilation(both, both);
    }

    /**
     * Sets the dilation.
     *
     * @param height rows from one tap to the next
     * @param width columns from one tap to the next
     * @return this
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder dilation(int height, int width) {
      window = window.dilation(height, width);
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
     * Makes the layer.
     *
     * @return the layer
     * @throws IllegalArgumentException if the padding is more than half of the kernel
     */
    public MaxPool2d build() {
      window.requirePaddingWithinHalf();
      return new MaxPool2d(window);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static dev.lanewise.conv.GeometryRules.elements;
import static dev.lanewise.conv.GeometryRules.requireAtLeastOne;
import static dev.lanewise.conv.GeometryRules.requireBatch;

import dev.lanewise.internal.conv.ColumnShape;
import java.util.Objects;

/**
 * The sizes that {@link Unfold} and {@link Fold} share: images of N×C×H×W on one side, col matrices
 * of N×(C·KH·KW)×L on the other, with L = OH·OW windows counted as in {@link Conv2dGeometry}.
 *
 * @param batch N, the images; may be 0
 * @param channels C
 * @param height H of the image
 * @param width W of the image
 * @param window kernel, stride, padding and dilation
 */
public record UnfoldGeometry(int batch, int channels, int height, int width, Window window) {

  /**
   * Checks every part by itself.
   *
   * @throws IllegalArgumentException if a part is out of range
   * @throws NullPointerException if window is null
   */
  public UnfoldGeometry {
    requireBatch(batch);
    requireAtLeastOne("channels", channels);
    requireAtLeastOne("height", height);
    requireAtLeastOne("width", width);
    Objects.requireNonNull(window, "window");
  }

  /**
   * Starts from a batch of images, with a 1×1 window.
   *
   * @param batch N, may be 0
   * @param channels C
   * @param height H
   * @param width W
   * @return the geometry so far
   */
  public static UnfoldGeometry image(int batch, int channels, int height, int width) {
    return new UnfoldGeometry(batch, channels, height, width, Window.ONE);
  }

  /**
   * Starts from one unbatched image, C×H×W.
   *
   * @param channels C
   * @param height H
   * @param width W
   * @return the geometry so far
   */
  public static UnfoldGeometry image(int channels, int height, int width) {
    return image(1, channels, height, width);
  }

  /**
   * Sets the window's size.
   *
   * @param height KH
   * @param width KW
   * @return the changed geometry
   */
  public UnfoldGeometry kernel(int height, int width) {
    return with(window.kernel(height, width));
  }

  /**
   * Sets the same stride on both axes.
   *
   * @param both elements from one window to the next
   * @return the changed geometry
   */
  public UnfoldGeometry stride(int both) {
    return stride(both, both);
  }

  /**
   * Sets the stride.
   *
   * @param height rows from one window to the next
   * @param width columns from one window to the next
   * @return the changed geometry
   */
  public UnfoldGeometry stride(int height, int width) {
    return with(window.stride(height, width));
  }

  /**
   * Sets the same number of zeros on every side.
   *
   * @param all elements per side
   * @return the changed geometry
   */
  public UnfoldGeometry padding(int all) {
    return padding(Padding.of(all));
  }

  /**
   * Sets the padding.
   *
   * @param padding the amounts and what they hold
   * @return the changed geometry
   */
  public UnfoldGeometry padding(Padding padding) {
    return with(window.padding(padding));
  }

  /**
   * Sets the same dilation on both axes.
   *
   * @param both elements from one tap to the next; 1 = none between
   * @return the changed geometry
   */
  public UnfoldGeometry dilation(int both) {
    return dilation(both, both);
  }

  /**
   * Sets the dilation.
   *
   * @param height rows from one tap to the next
   * @param width columns from one tap to the next
   * @return the changed geometry
   */
  public UnfoldGeometry dilation(int height, int width) {
    return with(window.dilation(height, width));
  }

  /**
   * The windows that fit above one another.
   *
   * @return OH
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public int outHeight() {
    return columns().outHeight();
  }

  /**
   * The windows that fit beside one another.
   *
   * @return OW
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public int outWidth() {
    return columns().outWidth();
  }

  /**
   * N·C·H·W.
   *
   * @return the elements of the images
   */
  public long imageElements() {
    return elements(batch, channels, height, width);
  }

  /**
   * N·(C·KH·KW)·L.
   *
   * @return the elements of the col matrices
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public long columnElements() {
    ColumnShape columns = columns();
    return elements(batch, columns.rows(), columns.outHeight(), columns.outWidth());
  }

  /** The windows of one image, once everything fits together. */
  ColumnShape columns() {
    return window.over(channels, height, width);
  }

  private UnfoldGeometry with(Window window) {
    return new UnfoldGeometry(batch, channels, height, width, window);
  }
}

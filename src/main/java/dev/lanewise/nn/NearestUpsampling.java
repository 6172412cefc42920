// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.List;

/**
 * Nearest-neighbour upsampling by a real factor, as PyTorch's {@code Upsample(scale_factor,
 * mode="nearest")} defines it.
 *
 * <pre>
 * OH = ⌊scale · IH⌋, OW = ⌊scale · IW⌋
 * output[n, c, oh, ow] = input[n, c, ⌊oh / scale⌋, ⌊ow / scale⌋]
 * gradInput[n, c, h, w] = Σ gradOutput[n, c, oh, ow] over all oh, ow that (h, w) went to
 * </pre>
 *
 * <p>The input is N×C×IH×IW, or C×IH×IW.
 */
public final class NearestUpsampling extends FloatPlannedLayer {
  private final double scaleHeight;
  private final double scaleWidth;

  private NearestUpsampling(double scaleHeight, double scaleWidth) {
    super(List.of());
    this.scaleHeight = scaleHeight;
    this.scaleWidth = scaleWidth;
  }

  /**
   * A layer with the same factor on both axes.
   *
   * @param scale the factor; below 1, rows and columns are left out
   * @return the layer
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public static NearestUpsampling of(double scale) {
    return of(scale, scale);
  }

  /**
   * A layer with a factor for each axis.
   *
   * @param scaleHeight the factor for rows
   * @param scaleWidth the factor for columns
   * @return the layer
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public static NearestUpsampling of(double scaleHeight, double scaleWidth) {
    requireScale(scaleHeight);
    requireScale(scaleWidth);
    return new NearestUpsampling(scaleHeight, scaleWidth);
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    ImageShape images = ImageShape.of("upsample_nearest2d", inputShape);
    UpsamplingAxis rows = UpsamplingAxis.of(images.height(), scaleHeight);
    UpsamplingAxis columns = UpsamplingAxis.of(images.width(), scaleWidth);
    int[] outputShape =
        images.resized(images.channels(), rows.sources.length, columns.sources.length);
    int planes = images.batch() * images.channels();
    return rows.doubled && columns.doubled
        ? new FloatDoubling(outputShape, planes, images.height(), images.width())
        : new FloatUpsampling(outputShape, planes, rows, columns);
  }

  @Override
  String settings() {
    return "scale=%sx%s".formatted(scaleHeight, scaleWidth);
  }

  private static void requireScale(double scale) {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale_factor should be positive, but got " + scale);
    }
  }
}

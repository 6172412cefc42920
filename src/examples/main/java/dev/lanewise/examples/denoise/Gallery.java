// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import dev.lanewise.examples.data.Photo;
import dev.lanewise.examples.report.PictureGrid;
import dev.lanewise.nn.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Held-out pictures four times side by side: noisy, blurred as well as blurring can, denoised by
 * the network, and clean.
 */
final class Gallery {
  private static final int VERSIONS = 4;
  private static final int CROPS = 12;
  private static final int CROPS_PER_ROW = 2;
  private static final int CROP_SCALE = 3;

  private final TestSet test;
  private final Denoiser denoiser;
  private final GaussianBlur blur;

  Gallery(TestSet test, Denoiser denoiser, GaussianBlur blur) {
    this.test = test;
    this.denoiser = denoiser;
    this.blur = blur;
  }

  /** Draws some crops, evenly spread over the test set. */
  void drawCrops(Path file) throws IOException {
    int drawn = Math.min(CROPS, test.count());
    PictureGrid grid = grid(drawn, CROPS_PER_ROW, Crops.SIDE, Crops.SIDE, CROP_SCALE);
    for (int i = 0; i < drawn; i++) {
      int crop = (int) ((2L * i + 1) * test.count() / (2L * drawn));
      draw(grid, i, test.noisy(crop), test.clean(crop));
    }
    grid.write(file);
  }

  /** Draws the first photograph whole: the network takes pictures of any size. */
  void drawPhoto(Path file) throws IOException {
    int height = test.cleanPhoto().height() / Denoiser.STRIDE * Denoiser.STRIDE;
    int width = test.cleanPhoto().width() / Denoiser.STRIDE * Denoiser.STRIDE;
    PictureGrid grid = grid(1, 1, height, width, 1);
    float[] noisy = corner(test.noisyPhoto(), height, width);
    draw(
        grid,
        0,
        Tensor.of(noisy, 1, Photo.CHANNELS, height, width),
        corner(test.cleanPhoto(), height, width));
    grid.write(file);
  }

  private void draw(PictureGrid grid, int group, Tensor noisy, float[] clean) {
    grid.draw(
        group,
        noisy.data(),
        blur.of(noisy.data(), Photo.CHANNELS, noisy.size(2), noisy.size(3)),
        denoiser.denoise(noisy).data(),
        clean);
  }

  private static PictureGrid grid(int groups, int perRow, int height, int width, int scale) {
    return new PictureGrid(
        new PictureGrid.Layout(groups, perRow, VERSIONS, Photo.CHANNELS, height, width, scale));
  }

  /** The upper left of a photograph. */
  private static float[] corner(Photo photo, int height, int width) {
    float[] pixels = new float[Photo.CHANNELS * height * width];
    for (int row = 0; row < Photo.CHANNELS * height; row++) {
      int source = row / height * photo.height() + row % height;
      System.arraycopy(photo.pixels(), source * photo.width(), pixels, row * width, width);
    }
    return pixels;
  }
}

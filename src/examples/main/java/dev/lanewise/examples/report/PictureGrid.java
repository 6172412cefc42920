// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A PNG of groups of pictures of one size, grey or in colour: those of a group side by side, the
 * groups row by row.
 */
public final class PictureGrid {
  private static final int GAP_IN_GROUP = 4;
  private static final int GAP_BETWEEN_GROUPS = 20;
  private static final int BACKGROUND = 0x70;

  private final Layout layout;
  private final BufferedImage canvas;

  /**
   * What a grid is made of.
   *
   * @param groups how many
   * @param groupsPerRow how many beside one another
   * @param picturesPerGroup how many beside one another in each
   * @param channels of a picture: 1 is grey, 3 is red, green and blue
   * @param height rows of a picture
   * @param width columns of a picture
   * @param scale sides of the square that a pixel becomes
   */
  public record Layout(
      int groups,
      int groupsPerRow,
      int picturesPerGroup,
      int channels,
      int height,
      int width,
      int scale) {

    private int left(int column) {
      return GAP_BETWEEN_GROUPS
          + column
              * (picturesPerGroup * (width * scale + GAP_IN_GROUP)
                  - GAP_IN_GROUP
                  + GAP_BETWEEN_GROUPS);
    }

    private int top(int row) {
      return GAP_BETWEEN_GROUPS + row * (height * scale + GAP_BETWEEN_GROUPS);
    }
  }

  /** An empty grid. */
  public PictureGrid(Layout layout) {
    this.layout = layout;
    int rows = Math.ceilDiv(layout.groups(), layout.groupsPerRow());
    canvas =
        new BufferedImage(
            layout.left(layout.groupsPerRow()),
            layout.top(rows),
            layout.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    int[] line = new int[canvas.getWidth() * layout.channels()];
    Arrays.fill(line, BACKGROUND);
    for (int y = 0; y < canvas.getHeight(); y++) {
      canvas.getRaster().setPixels(0, y, canvas.getWidth(), 1, line);
    }
  }

  /**
   * Draws one group.
   *
   * @param group which place of the grid, from 0
   * @param pictures one after the other; pixels C×H×W, 0 as black and 1 as white; values outside
   *     are clamped
   */
  public void draw(int group, float[]... pictures) {
    int x = layout.left(group % layout.groupsPerRow());
    int y = layout.top(group / layout.groupsPerRow());
    for (float[] picture : pictures) {
      drawPicture(picture, x, y);
      x += layout.width() * layout.scale() + GAP_IN_GROUP;
    }
  }

  /** Writes the grid as PNG, whole or not at all. */
  public void write(Path file) throws IOException {
    Png.write(canvas, file);
  }

  private void drawPicture(float[] pixels, int left, int top) {
    WritableRaster raster = canvas.getRaster();
    int scale = layout.scale();
    for (int c = 0; c < layout.channels(); c++) {
      for (int y = 0; y < layout.height() * scale; y++) {
        for (int x = 0; x < layout.width() * scale; x++) {
          float pixel = pixels[(c * layout.height() + y / scale) * layout.width() + x / scale];
          raster.setSample(left + x, top + y, c, Math.round(Math.clamp(pixel, 0, 1) * 255));
        }
      }
    }
  }
}

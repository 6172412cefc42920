// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** A PNG of pairs of grey pictures, the two of a pair side by side, the pairs row by row. */
public final class PictureGrid {
  private static final int SCALE = 3;
  private static final int GAP_IN_PAIR = 4;
  private static final int GAP_BETWEEN_PAIRS = 20;
  private static final int BACKGROUND = 0x70;

  private final int pairsPerRow;
  private final int height;
  private final int width;
  private final BufferedImage canvas;

  /**
   * An empty grid for so many pairs of pictures of {@code height} rows and {@code width} columns.
   */
  public PictureGrid(int pairs, int pairsPerRow, int height, int width) {
    this.pairsPerRow = pairsPerRow;
    this.height = height;
    this.width = width;
    int rows = Math.ceilDiv(pairs, pairsPerRow);
    canvas =
        new BufferedImage(left(pairsPerRow), top(rows * pairsPerRow), BufferedImage.TYPE_BYTE_GRAY);
    int[] line = new int[canvas.getWidth()];
    Arrays.fill(line, BACKGROUND);
    for (int y = 0; y < canvas.getHeight(); y++) {
      canvas.getRaster().setPixels(0, y, line.length, 1, line);
    }
  }

  /**
   * Draws one pair.
   *
   * @param pair which place of the grid, from 0
   * @param left pixels of the left picture, row-major, 0 as black and 1 as white; values outside
   *     are clamped
   * @param right pixels of the right picture
   */
  public void draw(int pair, float[] left, float[] right) {
    int x = left(pair % pairsPerRow);
    drawPicture(left, x, top(pair));
    drawPicture(right, x + width * SCALE + GAP_IN_PAIR, top(pair));
  }

  /** Writes the grid as PNG, whole or not at all. */
  public void write(Path file) throws IOException {
    OutputFile.write(
        file,
        out -> {
          if (!ImageIO.write(canvas, "png", out)) {
            throw new IOException(file + ": this Java writes no PNG");
          }
        });
  }

  private int left(int column) {
    return GAP_BETWEEN_PAIRS + column * (2 * width * SCALE + GAP_IN_PAIR + GAP_BETWEEN_PAIRS);
  }

  private int top(int pair) {
    return GAP_BETWEEN_PAIRS + pair / pairsPerRow * (height * SCALE + GAP_BETWEEN_PAIRS);
  }

  private void drawPicture(float[] pixels, int left, int top) {
    for (int y = 0; y < height * SCALE; y++) {
      for (int x = 0; x < width * SCALE; x++) {
        float pixel = pixels[y / SCALE * width + x / SCALE];
        canvas
            .getRaster()
            .setSample(left + x, top + y, 0, Math.round(Math.clamp(pixel, 0, 1) * 255));
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureGridTest {
  @TempDir Path directory;

  /**
   * Three pairs of 1x2 pictures, two pairs a row; each pixel is a square of three, the margins are
   * 20 and 4 wide.
   */
  @Test
  void placesPairsRowByRowAndClampsPixels() throws IOException {
    PictureGrid grid = new PictureGrid(new PictureGrid.Layout(3, 2, 2, 1, 1, 2, 3));
    grid.draw(0, new float[] {0, 1}, new float[] {-3, 5});
    grid.draw(2, new float[] {0.2f, 0.4f}, new float[] {0.6f, 0.8f});
    Path file = directory.resolve("grid.png");
    grid.write(file);

    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(20 + 2 * (6 + 4 + 6 + 20), image.getWidth());
    assertEquals(20 + 2 * (3 + 20), image.getHeight());
    assertSquare(0, image, 20, 20);
    assertSquare(255, image, 23, 20);
    assertSquare(0, image, 30, 20);
    assertSquare(255, image, 33, 20);
    assertSquare(51, image, 20, 43);
    assertSquare(102, image, 23, 43);
    assertSquare(153, image, 30, 43);
    assertSquare(204, image, 33, 43);
    int margin = grey(image, 0, 0);
    assertEquals(margin, grey(image, 19, 20));
    assertEquals(margin, grey(image, 26, 20));
    assertEquals(margin, grey(image, 36, 22));
    assertEquals(margin, grey(image, 20, 23));
  }

  @Test
  void drawsInColour() throws IOException {
    PictureGrid grid = new PictureGrid(new PictureGrid.Layout(1, 1, 3, 3, 1, 1, 2));
    grid.draw(0, new float[] {1, 0, 0}, new float[] {0, 0.2f, 0}, new float[] {0.4f, 0.6f, 0.8f});
    Path file = directory.resolve("grid.png");
    grid.write(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(20 + 2 + 4 + 2 + 4 + 2 + 20, image.getWidth());
    assertEquals(0xffff0000, image.getRGB(21, 21));
    assertEquals(0xff003300, image.getRGB(26, 20));
    assertEquals(0xff6699cc, image.getRGB(32, 21));
    assertEquals(0xff707070, image.getRGB(22, 20));
  }

  private static void assertSquare(int expected, BufferedImage image, int left, int top) {
    for (int y = top; y < top + 3; y++) {
      for (int x = left; x < left + 3; x++) {
        assertEquals(expected, grey(image, x, y), "pixel " + x + ", " + y);
      }
    }
  }

  private static int grey(BufferedImage image, int x, int y) {
    return image.getRaster().getSample(x, y, 0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;

/**
 * A photograph in red, green and blue.
 *
 * @param name of its file, without the ending
 * @param height rows
 * @param width columns
 * @param pixels 3×height×width, from 0 to 1
 */
public record Photo(String name, int height, int width, float[] pixels) {
  /** Red, green and blue. */
  public static final int CHANNELS = 3;

  /** No side of a photograph is longer once it has been read. */
  static final int LONGEST_SIDE = 320;

  /** Below that no crop fits. */
  static final int SHORTEST_SIDE = 32;

  private static final double WHITE = 255;

  /**
   * Reads a picture in one of the formats that Java reads, such as PNG and JPEG, and reduces it to
   * at most {@value #LONGEST_SIDE} pixels a side: each pixel becomes the mean of a square of them,
   * as large as it must be; what is left over at the right and below is cut off.
   *
   * @param in the stream; not closed
   * @param file how messages call the file
   * @throws DataFileException if it is no such picture, is damaged or too small
   */
  static Photo read(InputStream in, String file) throws IOException {
    BufferedImage image = decode(in, file);
    int square = Math.ceilDiv(Math.max(image.getHeight(), image.getWidth()), LONGEST_SIDE);
    int height = image.getHeight() / square;
    int width = image.getWidth() / square;
    if (Math.min(height, width) < SHORTEST_SIDE) {
      throw new DataFileException(
          file,
          "%d x %d pixels are too few for a crop of %3$d x %3$d"
              .formatted(image.getHeight(), image.getWidth(), SHORTEST_SIDE));
    }
    float[] pixels = new float[CHANNELS * height * width];
    int[] rgb = new int[square * square];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRGB(x * square, y * square, square, square, rgb, 0, square);
        for (int c = 0; c < CHANNELS; c++) {
          pixels[(c * height + y) * width + x] = mean(rgb, c);
        }
      }
    }
    return new Photo(nameOf(file), height, width, pixels);
  }

  private static BufferedImage decode(InputStream in, String file) throws IOException {
    BufferedImage image;
    try {
      image = ImageIO.read(in);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // The decoders say in many ways that a file is damaged.
      throw new DataFileException(file, "damaged picture (" + e.getMessage() + ")", e);
    }
    if (image == null) {
      throw new DataFileException(file, "no picture in a format that Java reads");
    }
    return image;
  }

  private static float mean(int[] rgb, int channel) {
    int shift = 16 - 8 * channel;
    long sum = 0;
    for (int pixel : rgb) {
      sum += pixel >> shift & 0xff;
    }
    return (float) (sum / (WHITE * rgb.length));
  }

  private static String nameOf(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCurveTest {
  @TempDir Path directory;

  @Test
  void drawsAFallingLine() throws IOException {
    float[] losses = new float[1000];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = 1f / (1 + i);
    }
    BufferedImage image = drawn(losses, 0.01, 0.001);
    int early = line(image, 0.2);
    int late = line(image, 0.8);
    assertTrue(early > 0 && late > early, early + " is above " + late);
  }

  /** A logarithmic axis has no place for these. */
  @Test
  void drawsWhatARunThatWentWrongLeaves() throws IOException {
    drawn(new float[] {0, Float.NaN, Float.POSITIVE_INFINITY, 1}, Double.NaN, 0);
    drawn(new float[] {2}, 2);
  }

  private BufferedImage drawn(float[] training, double... tests) throws IOException {
    LossCurve curve = new LossCurve("network", "loss");
    curve.addTraining(training, Math.max(1, training.length / tests.length));
    curve.addTest(tests);
    Path file = directory.resolve("curve.png");
    curve.write(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(900, image.getWidth());
    assertEquals(500, image.getHeight());
    return image;
  }

  /** The first row with a pixel in a strong colour, somewhere across the picture. */
  private static int line(BufferedImage image, double across) {
    int x = (int) (image.getWidth() * across);
    for (int y = 40; y < image.getHeight() - 60; y++) {
      int rgb = image.getRGB(x, y);
      int red = rgb >> 16 & 0xff;
      int blue = rgb & 0xff;
      if (blue - red > 60) {
        return y;
      }
    }
    return 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final Results WITH_PEERS =
      Samples.results(
          Samples.row(Samples.LAYER, "lanewise", 0.8, "ort", 0.4),
          Samples.row(Samples.PRODUCT, "lanewise", 0.7, "openblas", 0.9));

  @TempDir Path directory;

  @Test
  void drawsTheRatios() throws IOException {
    Path file = directory.resolve("ratios.png");
    RatioPicture.write(WITH_PEERS, file);
    assertDrawn(file);
  }

  @Test
  void drawsTheRatiosOfASingleTask() throws IOException {
    Path file = directory.resolve("ratios.png");
    RatioPicture.write(
        Samples.results(Samples.row(Samples.LAYER, "lanewise", 0.8, "ort", 0.4)), file);
    assertDrawn(file);
  }

  @Test
  void drawsTheRoofline() throws IOException {
    Path file = directory.resolve("roofline.png");
    RooflinePicture.write(WITH_PEERS, file);
    assertDrawn(file);
  }

  private static void assertDrawn(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertTrue(image.getWidth() > 100);
    int colours =
        (int)
            Arrays.stream(
                    image.getRGB(
                        0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .count();
    assertNotEquals(1, colours);
  }
}

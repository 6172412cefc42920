// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes pictures as PNG, whole or not at all. */
final class Png {
  private Png() {}

  static void write(BufferedImage picture, Path file) throws IOException {
    OutputFile.write(
        file,
        out -> {
          if (!ImageIO.write(picture, "png", out)) {
            throw new IOException(file + ": this Java writes no PNG");
          }
        });
  }
}

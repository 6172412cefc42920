// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.SplitMix64;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotosTest {
  @TempDir Path directory;

  @Test
  void carriesFourteenPhotographs() throws IOException {
    Photos photos = Photos.embedded();
    assertEquals(10, photos.train().size());
    assertEquals(4, photos.test().size());
    Set<String> names = new HashSet<>();
    for (Photo photo : Stream.concat(photos.train().stream(), photos.test().stream()).toList()) {
      assertTrue(names.add(photo.name()), photo.name());
      assertTrue(Math.max(photo.height(), photo.width()) <= Photo.LONGEST_SIDE);
      assertEquals(3 * photo.height() * photo.width(), photo.pixels().length);
    }
  }

  /** Every photograph has a line in ORIGIN.md, and the digest that is stated there. */
  @Test
  void carriesWhatOriginStates() throws Exception {
    String origin;
    try (InputStream in = Photos.class.getResourceAsStream("photos/ORIGIN.md")) {
      origin = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> files =
        Stream.concat(
                Photos.embedded().train().stream().map(photo -> "train/" + photo.name()),
                Photos.embedded().test().stream().map(photo -> "test/" + photo.name()))
            .map(name -> name + ".png")
            .toList();
    for (String file : files) {
      assertTrue(origin.contains("| `" + file + "` |"), file);
      try (InputStream in = Photos.class.getResourceAsStream("photos/" + file)) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
        assertTrue(origin.contains(HexFormat.of().formatHex(digest) + "  " + file), file);
      }
    }
  }

  @Test
  void readsTheFilesOfADirectoryInTheOrderOfTheirNames() throws IOException {
    write("train/b.png", picture(32, 40, 0xff0000));
    write("train/a.PNG", picture(33, 32, 0x00ff00));
    Files.writeString(directory.resolve("train/notes.txt"), "no picture");
    write("test/c.png", picture(32, 32, 0x0000ff));
    Photos photos = Photos.in(directory);
    assertEquals(List.of("a", "b"), photos.train().stream().map(Photo::name).toList());
    assertEquals(32, photos.train().get(1).height());
    assertEquals(40, photos.train().get(1).width());
    float[] blue = photos.test().getFirst().pixels();
    assertEquals(0, blue[0]);
    assertEquals(0, blue[1024]);
    assertEquals(1, blue[2 * 1024]);
  }

  /**
   * 650 columns become 216, each the mean of three by three; two columns and a row are left over.
   */
  @Test
  void reducesLargePhotographsToMeans() throws IOException {
    BufferedImage image = picture(100, 650, 0);
    image.setRGB(3, 6, 0x090000);
    image.setRGB(5, 8, 0x000900);
    image.setRGB(649, 0, 0xffffff);
    image.setRGB(0, 99, 0xffffff);
    write("train/large.png", image);
    write("test/other.png", picture(32, 32, 0));
    Photo photo = Photos.in(directory).train().getFirst();
    assertEquals(33, photo.height());
    assertEquals(216, photo.width());
    int at = 2 * 216 + 1;
    assertEquals(1 / 255f, photo.pixels()[at]);
    assertEquals(1 / 255f, photo.pixels()[33 * 216 + at]);
    double sum = 0;
    for (float pixel : photo.pixels()) {
      sum += pixel;
    }
    assertEquals(2 / 255.0, sum, 1e-9);
  }

  @Test
  void refusesAMissingDirectory() throws IOException {
    write("train/a.png", picture(32, 32, 0));
    assertRefused(directory.resolve("test") + ": no such directory");
  }

  @Test
  void refusesADirectoryWithoutPhotographs() throws IOException {
    Files.createDirectories(directory.resolve("train"));
    assertRefused(directory.resolve("train") + ": no PNG or JPEG file in it");
  }

  @Test
  void refusesAPhotographTooSmallForACrop() throws IOException {
    Path file = write("train/a.png", picture(31, 100, 0));
    assertRefused(file + ": 31 x 100 pixels are too few for a crop of 32 x 32");
  }

  @Test
  void refusesAFileThatIsNoPicture() throws IOException {
    Path file = write("train/a.png", picture(32, 32, 0));
    Files.writeString(file, "hello");
    assertRefused(file + ": no picture in a format that Java reads");
  }

  /** Up to where the last pixels are compressed; what ends there shows all there is to see. */
  @Test
  void refusesATruncatedPicture() throws IOException {
    BufferedImage noise = picture(64, 64, 0);
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < 64 * 64; i++) {
      noise.setRGB(i % 64, i / 64, random.nextInt());
    }
    Path file = write("train/a.png", noise);
    write("test/b.png", picture(32, 32, 0));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 100; length += length < 100 ? 1 : 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      DataFileException refused =
          assertThrows(DataFileException.class, () -> Photos.in(directory), "length " + length);
      assertTrue(refused.getMessage().startsWith(file + ": "), refused.getMessage());
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  private void assertRefused(String message) {
    DataFileException refused = assertThrows(DataFileException.class, () -> Photos.in(directory));
    assertEquals(message, refused.getMessage());
  }

  private Path write(String name, BufferedImage image) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static BufferedImage picture(int height, int width, int rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }
}

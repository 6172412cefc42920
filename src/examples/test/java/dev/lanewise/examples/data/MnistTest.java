// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MnistTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path directory;

  @Test
  void carriesTenThousandDigits() throws IOException {
    Mnist mnist = Mnist.embedded();
    assertEquals(7_500, mnist.train().count());
    assertEquals(2_500, mnist.test().count());
    assertEquals(28, mnist.train().height());
    assertEquals(28, mnist.train().width());
    assertArrayEquals(
        new int[] {743, 822, 738, 745, 746, 720, 707, 767, 754, 758}, labelCounts(mnist.train()));
  }

  /** The digests that ORIGIN.md states, of bytes taken from files with the published digests. */
  @ParameterizedTest
  @CsvSource({
    TRAIN_IMAGES + ",abef8455df7615b8e96973656d96700f1eb1f1f7c393c939dc9c2d8a6741ccec",
    TRAIN_LABELS + ",df8f515d70d9ab5f5398b2e2e88f925e9f18bd9ef57bedef869a3c28267da937",
    TEST_IMAGES + ",6c21342a6d6e9ab05f6050e369de2d551f8854a66b6705fb73f0e83f87e0ad5a",
    TEST_LABELS + ",8386a9acb162170607c40c716770cbdf27d19b6129dbad1ead99df86b8f62ebf",
  })
  void carriesTheBytesOfTheDatabase(String name, String sha256) throws Exception {
    try (InputStream file = Mnist.class.getResourceAsStream("mnist/" + name + ".gz");
        InputStream plain = new GZIPInputStream(file)) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain.readAllBytes());
      assertEquals(sha256, HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void readsADirectoryOfPlainAndCompressedFiles() throws IOException {
    write(TRAIN_IMAGES, IdxBytes.images(4, 3, 5));
    write(TRAIN_LABELS + ".gz", IdxBytes.gzip(IdxBytes.labels(4)));
    write(TEST_IMAGES + ".gz", IdxBytes.gzip(IdxBytes.images(2, 3, 5)));
    write(TEST_LABELS, IdxBytes.labels(2));
    Mnist mnist = Mnist.in(directory);
    assertEquals(4, mnist.train().count());
    assertEquals(3, mnist.train().label(3));
    assertEquals(2, mnist.test().count());
    float[] pixels = new float[1 + 15];
    mnist.train().copyPixels(2, pixels, 1);
    assertEquals(0, pixels[0]);
    assertEquals(30 / 255f, pixels[1]);
    assertEquals(44 / 255f, pixels[15]);
  }

  @Test
  void mapsTheWholeRangeOfBytesToTheUnitInterval() throws IOException {
    writeSet(256, 256, 1, 1);
    float[] pixel = new float[1];
    LabelledImages images = Mnist.in(directory).train();
    for (int i = 0; i < 256; i++) {
      images.copyPixels(i, pixel, 0);
      assertEquals(i / 255f, pixel[0]);
    }
  }

  @Test
  void refusesLabelsForAnotherNumberOfImages() throws IOException {
    writeSet(4, 3, 2, 2);
    assertRefused(
        directory.resolve(TRAIN_LABELS)
            + ": 3 labels for the 4 images of "
            + directory.resolve(TRAIN_IMAGES));
  }

  @Test
  void refusesALabelThatIsNoDigit() throws IOException {
    writeSet(2, 2, 2, 2);
    write(TEST_LABELS, IdxBytes.file(IdxBytes.LABELS_MAGIC, new int[] {2}, new byte[] {9, 10}));
    assertRefused(directory.resolve(TEST_LABELS) + ": label 10 at index 1 is no digit");
  }

  @Test
  void refusesTestImagesOfAnotherSize() throws IOException {
    writeSet(2, 2, 2, 2);
    write(TEST_IMAGES, IdxBytes.images(2, 2, 3));
    assertRefused(
        directory.resolve(TEST_IMAGES) + ": images of 2 x 3, but those to train on are 2 x 2");
  }

  @Test
  void refusesAMissingFile() throws IOException {
    writeSet(2, 2, 2, 2);
    Files.delete(directory.resolve(TEST_LABELS));
    assertRefused(directory.resolve(TEST_LABELS) + ": no such file (nor with .gz)");
  }

  @Test
  void refusesAMissingDirectory() {
    Path missing = directory.resolve("missing");
    DataFileException e = assertThrows(DataFileException.class, () -> Mnist.in(missing));
    assertEquals(missing + ": no such directory", e.getMessage());
  }

  private void writeSet(int images, int labels, int height, int width) throws IOException {
    write(TRAIN_IMAGES, IdxBytes.images(images, height, width));
    write(TRAIN_LABELS, IdxBytes.labels(labels));
    write(TEST_IMAGES, IdxBytes.images(2, height, width));
    write(TEST_LABELS, IdxBytes.labels(2));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }

  private void assertRefused(String message) {
    DataFileException e = assertThrows(DataFileException.class, () -> Mnist.in(directory));
    assertEquals(message, e.getMessage());
  }

  private static int[] labelCounts(LabelledImages images) {
    int[] counts = new int[10];
    for (int i = 0; i < images.count(); i++) {
      counts[images.label(i)]++;
    }
    return counts;
  }
}

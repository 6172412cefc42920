// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The MNIST digits: pictures to train on and pictures to test with.
 *
 * @param train the training set
 * @param test the test set, of the same picture size
 */
public record Mnist(LabelledImages train, LabelledImages test) {
  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";

  /** Where the four files of the database are found. */
  private interface Source {
    /** Opens a file under the name the database gives it. */
    InputStream open(String name) throws IOException;

    /** How messages call that file. */
    String describe(String name);
  }

  /**
   * Every 8th training picture and every 4th test picture, which the program carries with it (see
   * {@code ORIGIN.md} there).
   */
  public static Mnist embedded() throws IOException {
    return read(
        new Source() {
          @Override
          public InputStream open(String name) {
            return Mnist.class.getResourceAsStream("mnist/" + name + ".gz");
          }

          @Override
          public String describe(String name) {
            return "embedded " + name;
          }
        });
  }

  /**
   * The four files of the database in a directory, each as it is or with {@code .gz}.
   *
   * @throws DataFileException if a file is missing, is no IDX file or does not go with the others
   */
  public static Mnist in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new DataFileException(directory.toString(), "no such directory");
    }
    return read(
        new Source() {
          @Override
          public InputStream open(String name) throws IOException {
            Path file = locate(directory, name);
            if (!Files.isRegularFile(file)) {
              throw new DataFileException(file.toString(), "no such file (nor with .gz)");
            }
            return Files.newInputStream(file);
          }

          @Override
          public String describe(String name) {
            return locate(directory, name).toString();
          }
        });
  }

  private static Path locate(Path directory, String name) {
    Path compressed = directory.resolve(name + ".gz");
    return Files.exists(compressed) ? compressed : directory.resolve(name);
  }

  private static Mnist read(Source source) throws IOException {
    LabelledImages train = readSet(source, "train");
    LabelledImages test = readSet(source, "t10k");
    if (test.height() != train.height() || test.width() != train.width()) {
      throw new DataFileException(
          source.describe("t10k" + IMAGES),
          "images of %d x %d, but those to train on are %d x %d"
              .formatted(test.height(), test.width(), train.height(), train.width()));
    }
    return new Mnist(train, test);
  }

  private static LabelledImages readSet(Source source, String prefix) throws IOException {
    try (InputStream images = source.open(prefix + IMAGES);
        InputStream labels = source.open(prefix + LABELS)) {
      return LabelledImages.read(
          images, source.describe(prefix + IMAGES), labels, source.describe(prefix + LABELS));
    }
  }
}

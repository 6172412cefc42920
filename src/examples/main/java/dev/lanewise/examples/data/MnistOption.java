// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command finds its digits. */
public final class MnistOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "directory with the four IDX files of MNIST, as they are or with .gz; without it 7,500 training and 2,500 test digits"
              + " that the program carries with it")
  private Path data;

  /** The digits that the program carries with it, until the command line says otherwise. */
  public MnistOption() {}

  /**
   * Reads them.
   *
   * @throws IOException if a file cannot be read or is no such file
   */
  public Mnist read() throws IOException {
    return data == null ? Mnist.embedded() : Mnist.in(data);
  }

  /**
   * Reads them for a network that needs pictures of a certain size.
   *
   * @param needed says in words what the network needs the rows and columns for
   * @throws IOException if a file cannot be read, is no such file, or has smaller pictures
   */
  public Mnist readAtLeast(int side, String needed) throws IOException {
    Mnist mnist = read();
    LabelledImages images = mnist.train();
    if (Math.min(images.height(), images.width()) < side) {
      throw new DataFileException(
          data.toString(),
          "images of %d x %d are smaller than %s, %4$d x %4$d"
              .formatted(images.height(), images.width(), needed, side));
    }
    return mnist;
  }

  /**
   * Reads them for a network that needs pictures of one size.
   *
   * @throws IOException if a file cannot be read, is no such file, or has pictures of another size
   */
  public Mnist readOf(int side) throws IOException {
    Mnist mnist = read();
    LabelledImages images = mnist.train();
    if (images.height() != side || images.width() != side) {
      throw new DataFileException(
          data.toString(),
          "images of %d x %d; the network needs %3$d x %3$d"
              .formatted(images.height(), images.width(), side));
    }
    return mnist;
  }
}

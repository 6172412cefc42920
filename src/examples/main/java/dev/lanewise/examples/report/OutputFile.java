// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all: beside its place first, then moved there in one step. */
public final class OutputFile {
  private OutputFile() {}

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of the file's bytes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code file}, replacing one that is there, and creates its directory if need be. If the
   * content fails, or the program is interrupted, what was at {@code file} before stays, and
   * nothing else is left.
   *
   * @throws IOException if the directory or the file cannot be written
   */
  public static void write(Path file, Content content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path partial = Files.createTempFile(directory, "." + file.getFileName(), ".partial");
    Thread cleaner = new Thread(() -> delete(partial), "remove " + partial.getFileName());
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      try (OutputStream out = Files.newOutputStream(partial)) {
        content.writeTo(out);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      delete(partial);
      Runtime.getRuntime().removeShutdownHook(cleaner);
    }
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.io.IOException;
import java.io.OutputStream;
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
   * Finds out early whether files can be written to a directory, without making it.
   *
   * @throws IOException if it, or else the nearest directory above it, is a file or may not be
   *     written
   */
  public static void requireWritable(Path directory) throws IOException {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new IOException(existing + ": not a directory");
    }
    if (!Files.isWritable(existing)) {
      throw new IOException(existing + ": may not be written");
    }
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
    // A temporary file of the JDK's would be for its owner's eyes only, and the move would keep
    // that.
    Path partial =
        directory.resolve(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
    partial.toFile().deleteOnExit();
    try {
      try (OutputStream out = Files.newOutputStream(partial)) {
        content.writeTo(out);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}

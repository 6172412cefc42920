// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path directory;

  @Test
  void writesIntoANewDirectoryAndReplacesAFile() throws IOException {
    Path file = directory.resolve("new/file");
    OutputFile.write(file, out -> out.write(1));
    OutputFile.write(file, out -> out.write(2));
    assertArrayEquals(new byte[] {2}, Files.readAllBytes(file));
    assertEquals(List.of("file"), names(file.getParent()));
  }

  @Test
  void leavesTheOldFileAndNothingElseWhenTheContentFails() throws IOException {
    Path file = directory.resolve("file");
    Files.write(file, new byte[] {1});
    IOException failure = new IOException("the disk is full");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                OutputFile.write(
                    file,
                    out -> {
                      out.write(2);
                      out.flush();
                      throw failure;
                    }));
    assertEquals(failure, thrown);
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(file));
    assertEquals(List.of("file"), names(directory));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}

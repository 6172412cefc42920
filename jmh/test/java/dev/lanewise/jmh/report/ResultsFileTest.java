// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
  @TempDir Path directory;

  @Test
  void readsWhatItWrote() throws IOException {
    Results results =
        Samples.results(
            Samples.row(Samples.LAYER, "lanewise", 0.8, "ort", 0.4),
            Samples.row(Samples.PRODUCT, "lanewise", 0.7));
    Path file = directory.resolve("results.json");
    ResultsFile.write(results, file);
    assertEquals(results, ResultsFile.read(file));
  }

  @Test
  void refusesOtherFiles() throws IOException {
    for (String text : new String[] {"no JSON", "[]", "{\"rows\": 1}"}) {
      Path file = Files.writeString(directory.resolve("other.json"), text);
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> ResultsFile.read(file));
      assertEquals(file + ": not a result of scripts/bench", error.getMessage());
    }
  }
}

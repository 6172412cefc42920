// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example compiles and runs as it stands there. */
class ReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\\n(.*?public class (\\w+) .*?)```", Pattern.DOTALL);

  @Test
  void exampleCompilesAndRuns(@TempDir Path directory) throws IOException, InterruptedException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../README.md")));
    assertTrue(example.find(), "the README has a class in a java block");
    Path source = directory.resolve(example.group(2) + ".java");
    Files.writeString(source, example.group(1));

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("forward: direct"), output);
  }
}

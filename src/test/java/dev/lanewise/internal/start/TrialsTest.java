// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trials with which vector kernels take over fit their arrays, however short the vectors. */
class TrialsTest {
  /** The class of a vector of floats, of any length. */
  private static final Pattern VECTOR =
      Pattern.compile("jdk\\.incubator\\.vector\\.Float\\d+Vector ");

  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void fitTheirArrays(int vectorBytes) throws IOException, InterruptedException {
    work("-XX:MaxVectorSize=" + vectorBytes);
  }

  /** They would be slow for good, however long scalars work. */
  @Test
  void withoutC2ThereAreNone() throws IOException, InterruptedException {
    assertTrue(triesVectors("-XX:TieredStopAtLevel=4"));
    assertFalse(triesVectors("-XX:TieredStopAtLevel=3"));
  }

  private static boolean triesVectors(String flag) throws IOException, InterruptedException {
    return VECTOR.matcher(work(flag, "-verbose:class")).find();
  }

  private static String work(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.addAll(List.of(flags));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(TrialWorkout.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A kernel that C1 refuses at tier 3 ("COMPILE SKIPPED: out of virtual registers") can stay in C1's
 * tier 2 for good, at a hundredth of its speed, if C2's queue was long when it became hot. So none
 * may be refused, at any width.
 */
class C1AcceptsKernelsTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64})
  void compilesEveryKernelAtTier3(int vectorBytes) throws IOException, InterruptedException {
    String log = compilationLog(KernelWorkout.class, "-XX:MaxVectorSize=" + vectorBytes);

    assertEquals(List.of(), refused(log));
    for (String method : KernelWorkout.methods()) {
      assertTrue(
          Pattern.compile(" 3 +" + Pattern.quote(method) + " ").matcher(log).find(),
          () -> method + " was not compiled at tier 3, so this test shows nothing:\n" + log);
    }
  }

  @Test
  void noticesARefusedKernel() throws IOException, InterruptedException {
    List<String> refused = refused(compilationLog(OversizedKernel.class, "-XX:MaxVectorSize=16"));

    assertEquals(1, refused.size());
    assertTrue(refused.getFirst().contains(OversizedKernel.METHOD), refused.getFirst());
  }

  private static List<String> refused(String log) {
    return log.lines().filter(line -> line.contains("COMPILE SKIPPED")).toList();
  }

  /** What C1 says of all kernels; -Xbatch, so that it has said it all by the end. */
  private static String compilationLog(Class<?> program, String flag)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                flag,
                // Of a kernel only its calls here count, no trials of it.
                "-Ddev.lanewise.start=scalar",
                "-XX:TieredStopAtLevel=3",
                // A tenth of the calls: interpreted, they take minutes.
                "-XX:CompileThresholdScaling=0.1",
                "-Xbatch",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=PrintCompilation,dev.lanewise.internal.*::*",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}

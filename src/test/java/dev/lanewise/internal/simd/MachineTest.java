// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.consumer.Program;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice of kernels, seen from outside: each case is a JVM of its own. */
class MachineTest {
  private static final String FLAG = "--add-modules jdk.incubator.vector";
  private static final String MODULE = "jdk.incubator.vector";

  @Test
  void withoutTheFlagOnTheClassPathItIsScalarAndNamesTheFlagOnce() throws Exception {
    String output = run(List.of("-cp", classPath()));

    assertTrue(output.contains("\nscalar, because the module " + MODULE + " is missing"), output);
    String warnings = output.substring(0, output.indexOf("Gemm "));
    assertEquals(1, Collections.frequency(List.of(warnings.split("\\s*\\n")), warning()), output);
  }

  private static String warning() {
    return "WARNING: Lanewise runs its scalar kernels, more than ten times slower: the module "
        + MODULE
        + " is missing. Start java with "
        + FLAG;
  }

  @Test
  void onTheModulePathNoFlagIsNeeded() throws Exception {
    String library = location(Machine.class);

    String output =
        run(List.of("-p", library, "--add-modules", "dev.lanewise", "-cp", classPath()));

    assertTrue(output.contains("-bit vectors"), output);
  }

  @Test
  void withTheFlagItIsVectors() throws Exception {
    assertTrue(run(vectors()).contains("-bit vectors"));
  }

  @Test
  void withoutC2ItIsScalar() throws Exception {
    for (String noC2 : List.of("-XX:TieredStopAtLevel=1", "-XX:TieredStopAtLevel=3", "-Xint")) {
      String output = run(vectors(noC2));
      assertTrue(output.contains("\nscalar, because the C2 compiler is off"), output);
    }
  }

  @Test
  void withoutVectorSupportItIsScalar() throws Exception {
    String output = run(vectors("-XX:+UnlockExperimentalVMOptions", "-XX:-EnableVectorSupport"));
    assertTrue(
        output.contains("\nscalar, because this JVM does not compile vectors (EnableVectorSupport"),
        output);
  }

  @Test
  void withoutFusedMultiplyAddItDoesNotUseIt() throws Exception {
    assumeFalse(System.getProperty("os.arch").equals("aarch64"), "ARM always has it");

    assertTrue(run(vectors("-XX:-UseFMA")).contains(", no fused multiply-add"));
  }

  @Test
  void propertiesOverrideTheChoice() throws Exception {
    assertTrue(run(vectors("-Ddev.lanewise.simd=false")).contains("\nscalar"));
    assertTrue(
        run(vectors("-Ddev.lanewise.simd=true", "-XX:TieredStopAtLevel=1"))
            .contains("-bit vectors"));
    assertTrue(run(vectors("-Ddev.lanewise.vectorBits=128")).contains("\n128-bit vectors"));
  }

  private static List<String> vectors(String... more) throws URISyntaxException {
    List<String> options = new ArrayList<>(List.of("--add-modules", MODULE, "-cp", classPath()));
    options.addAll(List.of(more));
    return options;
  }

  private static String classPath() throws URISyntaxException {
    return location(Machine.class) + java.io.File.pathSeparator + location(MachineTest.class);
  }

  private static String location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static String run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(Program.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}

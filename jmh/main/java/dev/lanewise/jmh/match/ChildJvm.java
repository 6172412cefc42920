// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the JVM of a contender, in an environment in which no library is held back. */
public final class ChildJvm {
  /** What a process needs that uses vectors; it makes the JVM start some 25 ms later. */
  public static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /** Make OpenBLAS take kernels for another processor. */
  private static final List<String> OPENBLAS_OVERRIDES =
      List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE");

  private ChildJvm() {}

  /**
   * Starts it.
   *
   * @param threads of OpenMP
   * @param jvmArguments in addition to those of this JVM
   * @param log where its standard error goes
   */
  public static Process start(
      Class<?> main, List<String> arguments, int threads, List<String> jvmArguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(jvmArguments);
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> environment = builder.environment();
    // On the command line the class path is long enough to crash ONNX Runtime at its start.
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    environment.put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    OPENBLAS_OVERRIDES.forEach(environment::remove);
    return builder.start();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The other end of a {@link Worker}: starts its process, asks it and ends it. */
final class WorkerProcess implements AutoCloseable {
  /**
   * Of glibc's allocator: keep what was freed, instead of returning it and faulting it in again.
   */
  private static final Map<String, String> KEEP_FREED_MEMORY =
      Map.of(
          "MALLOC_TRIM_THRESHOLD_", "4294967296",
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TOP_PAD_", "67108864");

  private final String contender;
  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader replies;

  WorkerProcess(String contender, int threads, List<String> jvmArguments) {
    this.contender = contender;
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(jvmArguments);
    command.addAll(List.of(Worker.class.getName(), contender, Integer.toString(threads)));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    // On the command line the class path is long enough to crash ONNX Runtime at its start.
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    environment.put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
    environment.keySet().removeAll(List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"));
    environment.putAll(KEEP_FREED_MEMORY);
    try {
      this.process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.commands = new PrintWriter(process.outputWriter(), true);
    this.replies = new BufferedReader(new InputStreamReader(process.getInputStream()));
    reply();
  }

  /** Prepares for a task; whether the contender can solve it. */
  boolean enter(Task task) {
    return ask("enter " + task).equals("ok");
  }

  /** Times one slice. */
  Slice time() {
    return Slice.parse(ask("time"));
  }

  @Override
  public void close() {
    commands.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  private String ask(String command) {
    commands.println(command);
    return reply();
  }

  private String reply() {
    try {
      String line = replies.readLine();
      while (line != null && !line.startsWith(Worker.MARK)) {
        line = replies.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the process of " + contender + " ended");
      }
      return line.substring(Worker.MARK.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

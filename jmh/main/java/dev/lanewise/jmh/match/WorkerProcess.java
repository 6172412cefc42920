// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.report.Slice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other end of a {@link Worker}: starts its process, asks it and ends it. */
final class WorkerProcess implements AutoCloseable {
  private final String contender;
  private final Path log;
  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader replies;

  /**
   * Starts it.
   *
   * @param jvmArguments in addition to those of this JVM
   * @param log where its standard error goes
   */
  WorkerProcess(String contender, int threads, List<String> jvmArguments, Path log)
      throws IOException {
    this.contender = contender;
    this.log = log;
    List<String> flags = new ArrayList<>(jvmArguments);
    // Everybody's ceiling is measured with vectors.
    flags.add(ChildJvm.VECTORS);
    this.process =
        ChildJvm.start(
            Worker.class, List.of(contender, Integer.toString(threads)), threads, flags, log);
    this.commands = new PrintWriter(process.outputWriter(), true);
    this.replies = process.inputReader();
  }

  /** Waits until it can be asked. */
  void awaitReady() {
    reply("start");
  }

  /** Prepares for a task; whether the contender can solve it. */
  boolean enter(Task task) {
    return ask(Worker.ENTER + " " + task).equals(Worker.READY);
  }

  /** Times one slice of the task entered last. */
  Slice time() {
    String[] parts = ask(Worker.TIME).split(" ");
    return new Slice(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
  }

  /** How fast memory is copied, in GB/s. */
  double bandwidth() {
    return Double.parseDouble(ask(Worker.BANDWIDTH));
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
    return reply(command);
  }

  private String reply(String command) {
    try {
      String line = replies.readLine();
      while (line != null && !line.startsWith(Worker.MARK)) {
        line = replies.readLine();
      }
      if (line == null) {
        throw new WorkerEndedException(
            "the process of %s ended at '%s'; %s says why".formatted(contender, command, log));
      }
      return line.substring(Worker.MARK.length());
    } catch (IOException e) {
      throw new WorkerEndedException(
          "the process of %s cannot be read at '%s': %s".formatted(contender, command, e));
    }
  }
}

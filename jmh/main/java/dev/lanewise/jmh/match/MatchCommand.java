// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import dev.lanewise.jmh.contenders.Contenders;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.report.Losses;
import dev.lanewise.jmh.report.RatioPicture;
import dev.lanewise.jmh.report.Results;
import dev.lanewise.jmh.report.ResultsFile;
import dev.lanewise.jmh.report.ResultsTable;
import dev.lanewise.jmh.report.RooflinePicture;
import dev.lanewise.jmh.report.Starts;
import dev.lanewise.jmh.startup.ClassArchive;
import dev.lanewise.jmh.startup.Startup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line of a {@link Match}. */
@Command(
    name = "scripts/bench",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Measures Lanewise side by side with the naive loops and other libraries, one process each,"
          + " taking turns; prints a table, and writes results.json, ratios.png and roofline.png."
    })
public final class MatchCommand implements Callable<Integer> {
  @Option(
      names = "--peers",
      description =
          "Adds oneDNN, PyTorch, ONNX Runtime, OpenBLAS and netlib (200 MB from Maven Central,"
              + " linux-x86_64 only).")
  private boolean peers;

  @Option(names = "--full", description = "Adds the layers of whole networks.")
  private boolean full;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      defaultValue = "",
      description = "Only tasks in which it is found, as 'Conv2d FORWARD resnet'.")
  private Pattern only;

  @Option(
      names = "--contenders",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private List<String> chosen;

  @Option(
      names = "--starts",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often all processes are started anew (${DEFAULT-VALUE}).")
  private int starts;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "4",
      description = "Turns of each contender in each process (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of each contender (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--startup",
      description =
          "Measures only how long a classifier of MNIST digits takes from the start of its JVM.")
  private boolean startup;

  @Option(
      names = "--archive",
      paramLabel = "KIND",
      defaultValue = "NONE",
      description =
          "With --startup: gives each JVM an archive of its classes, which an earlier run has made:"
              + " ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private ClassArchive archive;

  @Option(
      names = "--fresh",
      description = "Starts processes for every task, which have run nothing else before.")
  private boolean fresh;

  @Option(
      names = "--jvm",
      paramLabel = "ARGUMENT",
      description = "Passed to every process, as --jvm=-XX:UseAVX=2.")
  private List<String> jvmArguments = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIRECTORY",
      defaultValue = "jmh/target/bench",
      description = "Where the files go (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--against",
      paramLabel = "BASELINE.json",
      description =
          "Compares with the results.json of an earlier run; exit status 1 if any task lost more"
              + " of its share of the ceiling than --percent, or if the runs have no task in"
              + " common.")
  private Path baseline;

  @Option(
      names = "--percent",
      paramLabel = "P",
      defaultValue = "10",
      description = "What a task may lose before --against says so (${DEFAULT-VALUE}).")
  private double percent;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** What may be asked for with --contenders. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Contenders.all());
    }
  }

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    System.exit(
        new CommandLine(new MatchCommand()).setOverwrittenOptionsAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Results before = baseline == null ? null : baseline();
    Files.createDirectories(out);
    Path log = out.resolve("stderr.log");
    Files.deleteIfExists(log);
    if (archive != ClassArchive.NONE && !startup) {
      throw new ParameterException(spec.commandLine(), "--archive: is for --startup");
    }
    if (startup) {
      System.out.print(new Startup(starts, archive, jvmArguments, log).run(peers));
      return CommandLine.ExitCode.OK;
    }
    Match match =
        new Match(contenders(), tasks(), threads, fresh, starts, rounds, jvmArguments, log);
    List<String> failures = new ArrayList<>();
    Results results = match.run(System.err::println, failures::add);
    System.out.print(new ResultsTable(results));
    if (starts > 1) {
      System.out.print("\n" + new Starts(results));
    }
    ResultsFile.write(results, out.resolve("results.json"));
    if (results.hasPeers()) {
      RatioPicture.write(results, out.resolve("ratios.png"));
    }
    RooflinePicture.write(results, out.resolve("roofline.png"));
    failures.forEach(System.err::println);
    int status = failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    if (before == null) {
      return status;
    }
    Losses losses = new Losses(before, results, percent);
    System.out.print("\n" + losses);
    return losses.compared() > 0 && losses.list().isEmpty()
        ? status
        : CommandLine.ExitCode.SOFTWARE;
  }

  private Results baseline() throws IOException {
    Results before = ResultsFile.read(baseline);
    if (before.threads() != threads || !before.jvmArguments().equals(jvmArguments)) {
      throw new ParameterException(
          spec.commandLine(),
          "--against: that run had --threads %d and --jvm %s, this one --threads %d and --jvm %s"
              .formatted(before.threads(), before.jvmArguments(), threads, jvmArguments));
    }
    return before;
  }

  private List<Task> tasks() {
    List<Task> tasks = full ? Tasks.all() : Tasks.usual();
    tasks.removeIf(task -> !only.matcher(task.toString()).find());
    if (tasks.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--only: no task has '" + only + "'");
    }
    return tasks;
  }

  private List<String> contenders() {
    if (chosen == null) {
      List<String> all = new ArrayList<>(Contenders.USUAL);
      if (peers) {
        all.addAll(Contenders.PEERS);
      }
      return all;
    }
    List<String> known = Contenders.all();
    for (String name : chosen) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--contenders: there is no '%s', but %s".formatted(name, String.join(", ", known)));
      }
      if (Contenders.isPeer(name) && !peers) {
        throw new ParameterException(
            spec.commandLine(), "--contenders: '" + name + "' needs --peers");
      }
    }
    return chosen;
  }
}

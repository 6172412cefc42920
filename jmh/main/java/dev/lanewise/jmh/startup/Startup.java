// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.startup;

import dev.lanewise.jmh.contenders.Contenders;
import dev.lanewise.jmh.match.ChildJvm;
import dev.lanewise.jmh.report.Medians;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How long a program that classifies MNIST digits, one at a time, takes from the start of its JVM
 * to the first scores, and to almost its final speed. The libraries take turns; all scores must be
 * the same.
 */
public final class Startup {
  /** The one peer that loads models. */
  private static final String PEER = "ort";

  /** Times of one start in nanoseconds. */
  private record Times(double first, double almostSteady, double call) {}

  private final int starts;
  private final ClassArchive archive;
  private final List<String> jvmArguments;
  private final Path log;
  private String scores;

  /**
   * Prepares it.
   *
   * @param archive what each contender has of its own, made in a start that does not count
   * @param log where the processes' standard error goes; archives are put beside it
   */
  public Startup(int starts, ClassArchive archive, List<String> jvmArguments, Path log) {
    this.starts = starts;
    this.archive = archive;
    this.jvmArguments = jvmArguments;
    this.log = log;
  }

  /** Runs it; a table of medians and the slowest. */
  public String run(boolean peers) throws IOException {
    Map<String, List<Times>> all = new LinkedHashMap<>();
    all.put(Contenders.LANEWISE, new ArrayList<>());
    if (peers) {
      all.put(PEER, new ArrayList<>());
    }
    if (archive != ClassArchive.NONE) {
      for (String contender : all.keySet()) {
        Files.deleteIfExists(archiveOf(contender));
        start(contender, archive.making(archiveOf(contender)));
      }
    }
    for (int start = 0; start < starts; start++) {
      for (Map.Entry<String, List<Times>> contender : all.entrySet()) {
        String name = contender.getKey();
        contender.getValue().add(start(name, archive.using(archiveOf(name))));
      }
    }
    StringBuilder text =
        new StringBuilder(
            """
            Milliseconds from the start of the JVM, median and slowest of %d, and microseconds a call in the end; class archive: %s
                        first scores      90 %% of the final speed   final
            """
                .formatted(starts, archive));
    all.forEach(
        (name, times) ->
            text.append(
                "%-10s  %5.0f  %5.0f      %5.0f  %5.0f            %7.1f%n"
                    .formatted(
                        name,
                        median(times, Times::first) / 1e6,
                        slowest(times, Times::first) / 1e6,
                        median(times, Times::almostSteady) / 1e6,
                        slowest(times, Times::almostSteady) / 1e6,
                        median(times, Times::call) / 1e3)));
    return text.toString();
  }

  private Path archiveOf(String contender) {
    return log.resolveSibling(contender + "." + archive.name().toLowerCase(Locale.ROOT));
  }

  private Times start(String contender, List<String> archiveFlags) throws IOException {
    long begin = System.nanoTime();
    List<String> flags = new ArrayList<>(jvmArguments);
    flags.addAll(archiveFlags);
    if (contender.equals(Contenders.LANEWISE)) {
      flags.add(ChildJvm.VECTORS);
    }
    Process process = ChildJvm.start(StartupWorker.class, List.of(contender), 1, flags, log);
    try (BufferedReader lines = process.inputReader()) {
      String firstScores = line(lines, StartupWorker.FIRST, contender);
      double first = System.nanoTime() - begin;
      if (scores != null && !scores.equals(firstScores)) {
        throw new IllegalStateException(
            "%s: scores are %s instead of %s".formatted(contender, firstScores, scores));
      }
      scores = firstScores;
      String[] steady = line(lines, StartupWorker.STEADY, contender).split(" ");
      // An archive is written at the very end.
      process.onExit().join();
      return new Times(first, first + Double.parseDouble(steady[1]), Double.parseDouble(steady[0]));
    }
  }

  /** The rest of the next line that starts with a word; native code may write others. */
  private String line(BufferedReader lines, String word, String contender) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length());
      }
    }
    throw new IllegalStateException("the process of " + contender + " ended; " + log + " says why");
  }

  private static double median(List<Times> times, ToDoubleFunction<Times> value) {
    return Medians.of(times.stream().mapToDouble(value).toArray());
  }

  private static double slowest(List<Times> times, ToDoubleFunction<Times> value) {
    return times.stream().mapToDouble(value).max().orElseThrow();
  }
}

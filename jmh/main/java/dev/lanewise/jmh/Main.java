// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.jmh.peak.CeilingProfiler;
import dev.lanewise.jmh.shapes.ShapeFile;
import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * JMH's command line, with three additions: the layers of the shape files are the default of the
 * parameters {@code conv2d} and {@code convTranspose2d}, every fork measures its ceiling, and a
 * table of ratios ends the run. A benchmark that fails ends the run with exit status 1.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    try {
      CommandLineOptions commandLine = new CommandLineOptions(args);
      if (asksForText(commandLine)) {
        org.openjdk.jmh.Main.main(args);
      } else {
        System.out.print(new ResultTable(run(commandLine)));
      }
    } catch (CommandLineOptionException
        | IllegalArgumentException
        | NoBenchmarksException
        | ProfilersFailedException e) {
      fail(e.getMessage());
    } catch (RunnerException e) {
      fail(e.toString());
    }
  }

  private static boolean asksForText(CommandLineOptions commandLine) {
    return commandLine.shouldHelp()
        || commandLine.shouldList()
        || commandLine.shouldListWithParams()
        || commandLine.shouldListProfilers()
        || commandLine.shouldListResultFormats();
  }

  private static Collection<RunResult> run(CommandLineOptions commandLine) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(commandLine)
            .addProfiler(CeilingProfiler.class)
            .shouldFailOnError(commandLine.shouldFailOnError().orElse(true));
    Map<String, ShapeFile> layers =
        Map.of("conv2d", ShapeFile.conv2d(), "convTranspose2d", ShapeFile.convTranspose2d());
    layers.forEach(
        (parameter, file) -> {
          Collection<String> names = commandLine.getParameter(parameter).orElse(file.names());
          names.forEach(file::get);
          options.param(parameter, names.toArray(String[]::new));
        });
    return new Runner(options.build()).run();
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}

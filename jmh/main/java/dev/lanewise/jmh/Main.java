// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.jmh.peak.CeilingProfiler;
import dev.lanewise.jmh.seeds.SeedTablesReport;
import dev.lanewise.jmh.shapes.GemmShape;
import dev.lanewise.jmh.shapes.ShapeFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Optional;

/**
 * JMH's command line, with three additions: the shape files are the default of the parameters
 * {@code conv2d}, {@code convTranspose2d} and {@code gemm}, every fork measures its ceiling, and a
 * table of ratios ends the run. A benchmark that fails ends the run with exit status 1.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    try {
      String[] withShapes = addShapes(arguments);
      CommandLineOptions commandLine = new CommandLineOptions(withShapes);
      if (asksForText(commandLine)) {
        org.openjdk.jmh.Main.main(withShapes);
      } else {
        Collection<RunResult> results = run(commandLine);
        System.out.print(new ResultTable(results));
        System.out.print(new SeedTablesReport(results));
      }
    } catch (NoBenchmarksException e) {
      fail("No benchmark matches; -l lists them all.");
    } catch (CommandLineOptionException | IllegalArgumentException | ProfilersFailedException e) {
      fail(e.getMessage());
    } catch (RunnerException e) {
      fail(e.toString());
    }
  }

  /**
   * A shape misspelt here would only be found in a fork; a list in an annotation would be a second
   * one.
   */
  private static String[] addShapes(String[] arguments) throws CommandLineOptionException {
    CommandLineOptions commandLine = new CommandLineOptions(arguments);
    List<String> all = new ArrayList<>(List.of(arguments));
    addShapes("conv2d", ShapeFile.conv2d().names(), ShapeFile.allConv2d()::get, commandLine, all);
    addShapes(
        "convTranspose2d",
        ShapeFile.convTranspose2d().names(),
        ShapeFile.allConvTranspose2d()::get,
        commandLine,
        all);
    List<String> products = GemmShape.usual().stream().map(GemmShape::toString).toList();
    addShapes("gemm", products, GemmShape::parse, commandLine, all);
    return all.toArray(String[]::new);
  }

  /** Checks the shapes that are given, or adds the usual ones. */
  private static void addShapes(
      String parameter,
      Collection<String> usual,
      Consumer<String> check,
      CommandLineOptions commandLine,
      List<String> arguments) {
    Optional<Collection<String>> given = commandLine.getParameter(parameter);
    if (given.hasValue()) {
      given.get().forEach(check);
    } else {
      arguments.addAll(List.of("-p", parameter + "=" + String.join(",", usual)));
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
    Options options =
        new OptionsBuilder()
            .parent(commandLine)
            .addProfiler(CeilingProfiler.class)
            .shouldFailOnError(commandLine.shouldFailOnError().orElse(true))
            .build();
    return new Runner(options).run();
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}

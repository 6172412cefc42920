// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import dev.lanewise.examples.autoencoder.AutoencoderCommand;
import dev.lanewise.examples.classifier.ClassifierCommand;
import dev.lanewise.examples.denoise.DenoiseCommand;
import dev.lanewise.examples.unfold.UnfoldCommand;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * The command line of the examples: one subcommand for each network, the autoencoder if none is
 * named.
 */
@Command(
    name = "demo",
    description = "Trains small convolutional networks in pure Java.",
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "Without COMMAND it runs the autoencoder, with the options of that command:",
      "demo autoencoder --help lists them."
    },
    subcommands = {
      AutoencoderCommand.class,
      ClassifierCommand.class,
      DenoiseCommand.class,
      UnfoldCommand.class
    })
public final class Demo {
  private static final String DEFAULT_COMMAND = "autoencoder";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "list the options and exit")
  private boolean help;

  private Demo() {}

  /**
   * Runs one command; the exit status is 0, or 2 after one line that says which argument or file
   * was wrong.
   */
  public static void main(String[] args) {
    // Figures are written the same way on every machine.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args));
  }

  static int run(String... args) {
    CommandLine commandLine = new CommandLine(new Demo());
    commandLine.setParameterExceptionHandler(
        (e, arguments) -> refuse(e.getCommandLine(), oneLine(e)));
    commandLine.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          if (e instanceof IOException fault) {
            return refuse(failed, describe(fault));
          }
          throw e;
        });
    return commandLine.execute(withCommand(commandLine, args));
  }

  /**
   * Options without a command are meant for the default one, except those of the program itself.
   */
  private static String[] withCommand(CommandLine commandLine, String[] args) {
    boolean named =
        args.length > 0
            && (!args[0].startsWith("-")
                || commandLine.getCommandSpec().findOption(args[0]) != null);
    if (named) {
      return args;
    }
    List<String> completed = new ArrayList<>(List.of(args));
    completed.addFirst(DEFAULT_COMMAND);
    return completed.toArray(String[]::new);
  }

  private static int refuse(CommandLine command, String fault) {
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + fault);
    return CommandLine.ExitCode.USAGE;
  }

  private static String oneLine(ParameterException e) {
    return e.getMessage().lines().findFirst().orElseThrow()
        + " (see "
        + e.getCommandLine().getCommandSpec().qualifiedName()
        + " --help)";
  }

  /** The JDK's file exceptions often say no more than which file. */
  private static String describe(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or directory";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (e instanceof FileSystemException other && other.getReason() == null) {
      return other.getFile() + ": " + other.getClass().getSimpleName();
    }
    return e.getMessage();
  }
}

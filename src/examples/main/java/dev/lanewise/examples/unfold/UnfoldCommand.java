// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.unfold;

import dev.lanewise.examples.data.LabelledImages;
import dev.lanewise.examples.data.Mnist;
import dev.lanewise.examples.data.MnistOption;
import dev.lanewise.nn.SplitMix64;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the walk-through. */
@Command(
    name = "unfold",
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Walks through a convolution and its gradients as matrix products, with unfold (im2col) and fold (col2im),"
            + " showing every number: first on 3 x 3 pixels, then on a digit of MNIST.")
public final class UnfoldCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private MnistOption data;

  @Option(
      names = "--digit",
      paramLabel = "N",
      defaultValue = "0",
      description = "which of the training digits, counted from 0")
  private int digit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "of the random weight and gradient for the digit")
  private long seed;

  /** For the command line, which sets the options. */
  public UnfoldCommand() {}

  @Override
  public Integer call() throws IOException {
    Mnist mnist = data.read();
    LabelledImages images = mnist.train();
    if (digit < 0 || digit >= images.count()) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--digit': %d must be from 0 to %d"
              .formatted(digit, images.count() - 1));
    }
    Matrix pixels = Matrix.zeros(images.height(), images.width());
    images.copyPixels(digit, pixels.values(), 0);
    WalkThrough walkThrough = new WalkThrough(System.out);
    walkThrough.tellSmallExample();
    walkThrough.tellDigit(pixels, new SplitMix64(seed));
    return 0;
  }
}

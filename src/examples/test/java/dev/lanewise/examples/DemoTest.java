// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.data.IdxBytes;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
  @TempDir Path data;
  @TempDir Path work;

  @BeforeEach
  void writeTenSmallDigits() throws IOException {
    writeSet("train", 10);
    writeSet("t10k", 10);
  }

  @Test
  void trainsWithoutACommandAndLeavesOnlyThePicture() throws IOException {
    Path out = work.resolve("new");
    Result result =
        run("--data", data.toString(), "--out", out.toString(), "--batch-size", "4", "--seed", "7");
    assertEquals(0, result.status, result.err);
    assertEquals("", result.err);
    List<String> lines = result.out.lines().toList();
    assertEquals(
        "10 digits to train on, 10 to test with; epochs 2, batch size 4, learning rate 0.001, seed 7",
        lines.get(0));
    assertTrue(lines.get(1).startsWith("epoch 1/2: loss "), result.out);
    assertTrue(lines.get(2).startsWith("epoch 2/2: loss "), result.out);
    assertTrue(lines.get(3).startsWith("test loss "), result.out);
    assertTrue(lines.get(4).contains("nested loops"), result.out);
    assertEquals(List.of("autoencoder.png"), names(out));
    BufferedImage picture = ImageIO.read(out.resolve("autoencoder.png").toFile());
    assertTrue(picture.getWidth() > picture.getHeight());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--epochs x | Invalid value for option '--epochs': 'x' is not an int",
        "--epochs 0 | Invalid value for option '--epochs': 0 must be at least 1",
        "--batch-size -2 | Invalid value for option '--batch-size': -2 must be at least 1",
        "--lr 0 | Invalid value for option '--lr': 0.0 must be positive",
        "--lr NaN | Invalid value for option '--lr': NaN must be positive",
        "--seed | Missing required parameter for option '--seed' (N)",
        "--colour | Unknown option: '--colour'",
      })
  void refusesABadArgumentInOneLine(String arguments, String fault) {
    Result result = run(arguments.split(" "));
    assertEquals(2, result.status);
    assertEquals("demo autoencoder: " + fault + " (see demo autoencoder --help)\n", result.err);
    assertEquals("", result.out);
  }

  @Test
  void refusesAnUnknownCommand() {
    Result result = run("paint");
    assertEquals(2, result.status);
    assertEquals("demo: Unmatched argument at index 0: 'paint' (see demo --help)\n", result.err);
  }

  @Test
  void refusesABadFileInOneLineAndWritesNothing() throws IOException {
    Path labels = data.resolve("t10k-labels-idx1-ubyte");
    Files.write(labels, IdxBytes.labels(9));
    Path out = work.resolve("new");
    Result result = run("--data", data.toString(), "--out", out.toString());
    assertEquals(2, result.status);
    assertEquals(
        "demo autoencoder: %s: 9 labels for the 10 images of %s%n"
            .formatted(labels, data.resolve("t10k-images-idx3-ubyte")),
        result.err);
    assertFalse(Files.exists(out));
  }

  @Test
  void refusesImagesSmallerThanTheKernel() throws IOException {
    for (String set : List.of("train", "t10k")) {
      Files.write(data.resolve(set + "-images-idx3-ubyte"), IdxBytes.images(10, 2, 5));
    }
    Result result = run("--data", data.toString(), "--out", work.toString());
    assertEquals(2, result.status);
    assertEquals(
        "demo autoencoder: " + data + ": images of 2 x 5 are smaller than the kernel, 3 x 3\n",
        result.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "file/below"})
  void refusesAnOutputThatIsAFile(String out) throws IOException {
    Path file = Files.createFile(work.resolve("file"));
    Result result = run("--out", work.resolve(out).toString());
    assertEquals(2, result.status);
    assertEquals("demo autoencoder: " + file + ": not a directory\n", result.err);
    assertEquals("", result.out);
  }

  @Test
  void helpNamesEveryOption() {
    assertTrue(run("--help").out.contains("autoencoder"));
    String help = run("autoencoder", "--help").out;
    for (String option : List.of("--data", "--epochs", "--batch-size", "--lr", "--seed", "--out")) {
      assertTrue(help.contains(option), help);
    }
  }

  private void writeSet(String prefix, int count) throws IOException {
    Files.write(data.resolve(prefix + "-images-idx3-ubyte"), IdxBytes.images(count, 5, 4));
    Files.write(data.resolve(prefix + "-labels-idx1-ubyte"), IdxBytes.labels(count));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Result run(String... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int status = Demo.run(args);
      return new Result(
          status,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private record Result(int status, String out, String err) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Set;
import java.util.stream.Collectors;
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
  void trainsWithoutACommandAndLeavesItsFiles() throws IOException {
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
    assertEquals(
        Set.of(
            "autoencoder.json",
            "autoencoder.png",
            "autoencoder.safetensors",
            "autoencoder-loss.png"),
        names(out));
    String record = Files.readString(out.resolve("autoencoder.json"));
    assertTrue(record.contains("\"network\": \"autoencoder\""), record);
    assertTrue(record.contains("\"seed\": 7"), record);
    assertTrue(record.contains("\"epoch\": 2,"), record);
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
        "--threads 0 | Invalid value for option '--threads': 0 must be at least 1",
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
    writeSets(2, 5);
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
  void walksThroughUnfoldWithADigitOfTheData() {
    Result result = run("unfold", "--data", data.toString(), "--digit", "9");
    assertEquals(0, result.status, result.err);
    assertTrue(result.out.contains("(1 x 20) · (9 x 20)ᵀ = 1 x 9"), result.out);
  }

  @Test
  void refusesADigitThatIsNotThere() {
    Result result = run("unfold", "--data", data.toString(), "--digit", "10");
    assertEquals(2, result.status);
    assertEquals(
        "demo unfold: Invalid value for option '--digit': 10 must be from 0 to 9"
            + " (see demo unfold --help)\n",
        result.err);
  }

  @Test
  void trainsTheClassifier() throws IOException {
    writeSets(28, 28);
    Path out = work.resolve("new");
    Result result =
        run("classifier", "--data", data.toString(), "--out", out.toString(), "--epochs", "2");
    assertEquals(0, result.status, result.err);
    assertTrue(result.out.contains("% of the test digits right"), result.out);
    assertTrue(result.out.contains("nested loops 0.00 hours"), result.out);
    assertEquals(
        Set.of(
            "classifier.json", "classifier.png", "classifier.safetensors", "classifier-loss.png"),
        names(out));
  }

  @Test
  void threadsChangeNoBit() throws IOException {
    writePhoto("train/a.png", 40, 48);
    writePhoto("test/b.png", 33, 65);
    for (String threads : List.of("1", "3")) {
      Result result =
          run(
              ("denoise --batch-size 6 --threads %s --data %s --out %s"
                      .formatted(threads, data, work.resolve(threads)))
                  .split(" "));
      assertEquals(0, result.status, result.err);
    }
    for (String file : List.of("denoise.safetensors", "denoise-loss.png")) {
      assertArrayEquals(
          Files.readAllBytes(work.resolve("1").resolve(file)),
          Files.readAllBytes(work.resolve("3").resolve(file)));
    }
  }

  @Test
  void refusesImagesThatTheClassifierCannotRead() {
    Result result = run("classifier", "--data", data.toString(), "--out", work.toString());
    assertEquals(2, result.status);
    assertEquals(
        "demo classifier: " + data + ": images of 5 x 4; the network needs 28 x 28\n", result.err);
  }

  @Test
  void trainsTheDenoiser() throws IOException {
    writePhoto("train/a.png", 40, 48);
    writePhoto("test/b.png", 33, 65);
    Path out = work.resolve("new");
    Result result =
        run("denoise", "--data", data.toString(), "--out", out.toString(), "--epochs", "1");
    assertEquals(0, result.status, result.err);
    assertTrue(
        result.out.startsWith("6 crops of 1 photographs to train on, 2 of 1 others to test with"),
        result.out);
    assertTrue(result.out.contains("of the best Gaussian blur"), result.out);
    assertEquals(
        Set.of(
            "denoise.json",
            "denoise.png",
            "denoise-photo.png",
            "denoise.safetensors",
            "denoise-loss.png"),
        names(out));
    BufferedImage photo = ImageIO.read(out.resolve("denoise-photo.png").toFile());
    assertEquals(4 * 64 + 3 * 4 + 2 * 20, photo.getWidth());
    assertEquals(32 + 2 * 20, photo.getHeight());
  }

  @Test
  void refusesADirectoryWithoutPhotographs() {
    Result result = run("denoise", "--data", data.toString(), "--out", work.toString());
    assertEquals(2, result.status);
    assertEquals("demo denoise: " + data.resolve("train") + ": no such directory\n", result.err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN"})
  void refusesNoiseThatIsNone(String noise) {
    Result result = run("denoise", "--noise", noise, "--out", work.toString());
    assertEquals(2, result.status);
    assertTrue(
        result.err.contains("'--noise'") && result.err.endsWith("(see demo denoise --help)\n"));
  }

  @Test
  void refusesToGoOnWithoutACheckpoint() {
    Result result =
        run("--data", data.toString(), "--out", work.toString(), "--batch-size", "4", "--resume");
    assertEquals(2, result.status);
    assertEquals(
        "demo autoencoder: "
            + work.resolve("autoencoder.checkpoint.safetensors")
            + ": no such file or directory\n",
        result.err);
  }

  @Test
  void refusesAForeignCheckpointInOneLine() throws IOException {
    Path checkpoint = work.resolve("autoencoder.checkpoint.safetensors");
    Files.writeString(checkpoint, "something else altogether");
    Result result = run("--data", data.toString(), "--out", work.toString(), "--resume");
    assertEquals(2, result.status);
    assertTrue(result.err.startsWith("demo autoencoder: " + checkpoint + ": "), result.err);
    assertEquals(1, result.err.lines().count());
    assertEquals(Set.of(checkpoint.getFileName().toString()), names(work));
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoencoder", "classifier", "denoise"})
  void helpNamesEveryOption(String command) {
    assertTrue(run("--help").out.contains(command));
    String help = run(command, "--help").out;
    for (String option :
        List.of(
            "--data",
            "--epochs",
            "--batch-size",
            "--lr",
            "--seed",
            "--threads",
            "--out",
            "--resume")) {
      assertTrue(help.contains(option), help);
    }
  }

  private void writeSets(int height, int width) throws IOException {
    for (String set : List.of("train", "t10k")) {
      Files.write(data.resolve(set + "-images-idx3-ubyte"), IdxBytes.images(10, height, width));
    }
  }

  private void writePhoto(String name, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      image.setRGB(i % width, i / width, i * 0x010305);
    }
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private void writeSet(String prefix, int count) throws IOException {
    Files.write(data.resolve(prefix + "-images-idx3-ubyte"), IdxBytes.images(count, 5, 4));
    Files.write(data.resolve(prefix + "-labels-idx1-ubyte"), IdxBytes.labels(count));
  }

  private static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
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

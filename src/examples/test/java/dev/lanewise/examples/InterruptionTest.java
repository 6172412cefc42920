// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.data.IdxBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the program as a process of its own and ends it as Ctrl-C does, but by SIGTERM: a build that
 * runs in the background hands SIGINT on to its children as ignored.
 */
class InterruptionTest {
  private static final int EPOCHS = 200;

  /** What a shell says of a program that SIGTERM ended. */
  private static final int TERMINATED = 128 + 15;

  @TempDir Path data;
  @TempDir Path work;

  @BeforeEach
  void writeSmallDigits() throws IOException {
    for (String set : List.of("train", "t10k")) {
      Files.write(data.resolve(set + "-images-idx3-ubyte"), IdxBytes.images(200, 12, 12));
      Files.write(data.resolve(set + "-labels-idx1-ubyte"), IdxBytes.labels(200));
    }
  }

  @Test
  void leavesACheckpointAndGoesOnWithTheSameBits() throws Exception {
    Path whole = work.resolve("whole");
    assertEquals(0, start(whole).waitFor());

    Path out = work.resolve("interrupted");
    Process process = start(out);
    Path checkpoint = out.resolve("autoencoder.checkpoint.safetensors");
    waitFor(checkpoint, process);
    process.toHandle().destroy();
    assertEquals(TERMINATED, process.waitFor());
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(text.contains("interrupted in epoch "), text);
    assertTrue(Files.exists(checkpoint));
    assertFalse(Files.exists(out.resolve("autoencoder.safetensors")));

    Process resumed = start(out, "--resume", "--threads", "2");
    String rest = new String(resumed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, resumed.waitFor(), rest);
    assertTrue(rest.contains("goes on in epoch "), rest);
    assertFalse(rest.contains("epoch 1/" + EPOCHS), rest);
    assertFalse(Files.exists(checkpoint));
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("autoencoder.safetensors")),
        Files.readAllBytes(out.resolve("autoencoder.safetensors")));
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("autoencoder-loss.png")),
        Files.readAllBytes(out.resolve("autoencoder-loss.png")));
  }

  @Test
  void refusesATruncatedCheckpointAndOtherOptionsInOneLine() throws Exception {
    Path out = work.resolve("interrupted");
    Process process = start(out);
    Path checkpoint = out.resolve("autoencoder.checkpoint.safetensors");
    waitFor(checkpoint, process);
    process.toHandle().destroy();
    assertEquals(TERMINATED, process.waitFor());

    byte[] bytes = Files.readAllBytes(checkpoint);
    assertRefused(
        start(out, "--resume", "--seed", "1"),
        checkpoint + ": seed: the run that left it had 0, not 1");
    Files.write(checkpoint, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(start(out, "--resume"), checkpoint + ": truncated");
    assertEquals(bytes.length / 2, Files.size(checkpoint));
  }

  private static void assertRefused(Process process, String start) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), out);
    List<String> faults =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
            .toList();
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.getFirst().startsWith("demo autoencoder: " + start), faults.getFirst());
  }

  private Process start(Path out, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Djava.awt.headless=true",
                "--class-path",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "--epochs",
                Integer.toString(EPOCHS)));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).start();
  }

  /** What a terminal sends for Ctrl-C. */
  private static void waitFor(Path file, Process process) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(file)) {
      assertTrue(process.isAlive(), "the program ended before it could be interrupted");
      assertTrue(System.nanoTime() < deadline, file + " is not there after a minute");
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}

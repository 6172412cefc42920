// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Photographs to learn from and others, whole ones, to test with.
 *
 * @param train to learn from, in the order of their names
 * @param test held out, in the order of their names
 */
public record Photos(List<Photo> train, List<Photo> test) {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

  /**
   * The photographs that the program carries with it; {@code ORIGIN.md} there says whose they are.
   */
  private static final List<String> EMBEDDED_TRAIN =
      List.of(
          "aitzgorri",
          "bridge",
          "coffee",
          "dragonfly",
          "flower",
          "free",
          "friends",
          "life",
          "rocket",
          "seeding");

  private static final List<String> EMBEDDED_TEST =
      List.of("chelsea", "china", "picosdeeuropa", "picture-1a");

  /** Those that the program carries with it. */
  public static Photos embedded() throws IOException {
    return new Photos(embedded("train", EMBEDDED_TRAIN), embedded("test", EMBEDDED_TEST));
  }

  /**
   * The PNG and JPEG files of the directories {@code train} and {@code test} in a directory.
   *
   * @throws DataFileException if a directory is missing or has no photograph, or a file is none
   */
  public static Photos in(Path directory) throws IOException {
    return new Photos(readAll(directory.resolve("train")), readAll(directory.resolve("test")));
  }

  private static List<Photo> embedded(String set, List<String> names) throws IOException {
    List<Photo> photos = new ArrayList<>();
    for (String name : names) {
      String file = "photos/" + set + "/" + name + ".png";
      try (InputStream in = Photos.class.getResourceAsStream(file)) {
        photos.add(Photo.read(in, file));
      }
    }
    return List.copyOf(photos);
  }

  private static List<Photo> readAll(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new DataFileException(directory.toString(), "no such directory");
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(Photos::isPicture).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new DataFileException(directory.toString(), "no PNG or JPEG file in it");
    }
    List<Photo> photos = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        photos.add(Photo.read(in, file.toString()));
      }
    }
    return List.copyOf(photos);
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.shapes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.ToIntFunction;

/**
 * A table of layers, one a line: a name and eleven whole numbers between blanks, in the order of
 * {@link ConvolutionShape}. Empty lines and lines that start with {@code #} are skipped.
 */
public final class ShapeFile {
  private static final List<String> COLUMNS =
      List.of("name", "N", "IC", "H", "W", "OC", "KH", "KW", "stride", "pad", "dilation", "groups");

  private static final String CONV2D = "conv2d.txt";
  private static final String CONV_TRANSPOSE2D = "conv-transpose2d.txt";

  private final String source;
  private final SequencedMap<String, ConvolutionShape> shapes = new LinkedHashMap<>();

  /**
   * The files that come with the benchmarks, read once: asked for in every task, C2 would compile
   * the reading of a line, which takes it more than 20 s, and no kernel would be compiled
   * meanwhile.
   */
  private static final class Resources {
    static final ShapeFile CONV2D = resources(ShapeFile::conv2dSize, ShapeFile.CONV2D);

    static final ShapeFile ALL_CONV2D =
        resources(ShapeFile::conv2dSize, ShapeFile.CONV2D, "conv2d-networks.txt");

    static final ShapeFile CONV_TRANSPOSE2D =
        resources(ShapeFile::convTranspose2dSize, ShapeFile.CONV_TRANSPOSE2D);

    static final ShapeFile ALL_CONV_TRANSPOSE2D =
        resources(
            ShapeFile::convTranspose2dSize,
            ShapeFile.CONV_TRANSPOSE2D,
            "conv-transpose2d-networks.txt");
  }

  private ShapeFile(String source) {
    this.source = source;
  }

  /** The convolutions that are measured unless others are asked for. */
  public static ShapeFile conv2d() {
    return Resources.CONV2D;
  }

  /** Those, and the convolutions of whole networks. */
  public static ShapeFile allConv2d() {
    return Resources.ALL_CONV2D;
  }

  /** The transposed convolutions that are measured unless others are asked for. */
  public static ShapeFile convTranspose2d() {
    return Resources.CONV_TRANSPOSE2D;
  }

  /** Those, and the transposed convolutions of whole networks. */
  public static ShapeFile allConvTranspose2d() {
    return Resources.ALL_CONV_TRANSPOSE2D;
  }

  /**
   * Reads a table.
   *
   * @param source its name, for the messages
   * @param geometry asks a shape for a size, and so fails if its parts do not fit together
   * @throws IllegalArgumentException naming source, line and column of the first error
   */
  static ShapeFile parse(
      String source, List<String> lines, ToIntFunction<ConvolutionShape> geometry) {
    ShapeFile file = new ShapeFile(source);
    file.addAll(source, lines, geometry);
    return file;
  }

  /** The names, in the order of the file. */
  public SequencedSet<String> names() {
    return shapes.sequencedKeySet();
  }

  /**
   * The shape of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ConvolutionShape get(String name) {
    ConvolutionShape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "%s has no shape '%s'; it has %s".formatted(source, name, String.join(", ", names())));
    }
    return shape;
  }

  private void addAll(String source, List<String> lines, ToIntFunction<ConvolutionShape> geometry) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        add(line, source + ":" + (i + 1) + ": ", geometry);
      }
    }
  }

  private void add(String line, String where, ToIntFunction<ConvolutionShape> geometry) {
    String[] cells = line.split("\\s+");
    if (cells.length != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "%sneeds %d columns (%s), has %d"
              .formatted(where, COLUMNS.size(), String.join(" ", COLUMNS), cells.length));
    }
    int[] sizes = new int[cells.length];
    for (int c = 1; c < cells.length; c++) {
      sizes[c] = number(cells[c], where + COLUMNS.get(c) + ": ");
    }
    ConvolutionShape shape =
        new ConvolutionShape(
            cells[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6], sizes[7],
            sizes[8], sizes[9], sizes[10], sizes[11]);
    try {
      geometry.applyAsInt(shape);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + shape.name() + ": " + e.getMessage(), e);
    }
    if (shapes.putIfAbsent(shape.name(), shape) != null) {
      throw new IllegalArgumentException(where + "a second shape '" + shape.name() + "'");
    }
  }

  private static int number(String cell, String where) {
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(where + "not a whole number: '" + cell + "'", e);
    }
  }

  private static int conv2dSize(ConvolutionShape shape) {
    return shape.conv2d().outHeight();
  }

  private static int convTranspose2dSize(ConvolutionShape shape) {
    return shape.convTranspose2d().outHeight();
  }

  private static ShapeFile resources(ToIntFunction<ConvolutionShape> geometry, String... names) {
    ShapeFile file = new ShapeFile(names[0]);
    for (String name : names) {
      file.addAll(name, lines(name), geometry);
    }
    return file;
  }

  /** The lines of a resource beside this class. */
  static List<String> lines(String resource) {
    try (InputStream stream = ShapeFile.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

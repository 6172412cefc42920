// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.shapes;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sizes of a matrix product, m×k times k×n. */
public record GemmShape(int m, int n, int k) {
  private static final Pattern SIZES =
      Pattern.compile("([1-9]\\d{0,8})x([1-9]\\d{0,8})x([1-9]\\d{0,8})");

  /** The products that are measured unless others are asked for: one a line of gemm.txt. */
  public static List<GemmShape> usual() {
    return ShapeFile.lines("gemm.txt").stream()
        .filter(line -> !line.startsWith("#"))
        .map(GemmShape::parse)
        .toList();
  }

  /**
   * Reads {@code 64x3136x576}: m, n and k.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static GemmShape parse(String sizes) {
    Matcher matcher = SIZES.matcher(sizes);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "gemm: needs MxNxK, as 64x3136x576, but is '" + sizes + "'");
    }
    return new GemmShape(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return m + "x" + n + "x" + k;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeFileTest {
  private static final String STEM = "stem 1 3 224 224 64 7 7 2 3 1 1";

  @Test
  void readsALayer() {
    ShapeFile file = parse("# a comment", "", "  " + STEM.replace(" ", "   "));
    assertEquals(List.of("stem"), List.copyOf(file.names()));
    assertEquals(
        new ConvolutionShape("stem", 1, 3, 224, 224, 64, 7, 7, 2, 3, 1, 1), file.get("stem"));
    assertEquals(112, file.get("stem").conv2d().outHeight());
  }

  @Test
  void readsTheLayersOfTheBenchmarks() {
    assertEquals(28, ShapeFile.conv2d().get("resnet-3x3s2-128-128@56").conv2d().outWidth());
    assertEquals(
        112, ShapeFile.convTranspose2d().get("unet-2x2s2-128-64@56").convTranspose2d().outWidth());
  }

  @Test
  void namesTheLineOfAMissingColumn() {
    assertError(
        "file:2: needs 12 columns (name N IC H W OC KH KW stride pad dilation groups), has 3",
        "# a comment",
        "stem 1 3");
  }

  @Test
  void namesTheColumnThatIsNoNumber() {
    assertError("file:1: pad: not a whole number: 'same'", "stem 1 3 224 224 64 7 7 2 same 1 1");
  }

  @Test
  void namesTheLayerWhosePartsDoNotFit() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> parse("stem 1 3 2 2 64 7 7 2 0 1 1"));
    assertEquals("file:1: stem: ", error.getMessage().substring(0, 14));
  }

  @Test
  void refusesASecondLayerOfTheSameName() {
    assertError("file:2: a second shape 'stem'", STEM, STEM);
  }

  @Test
  void listsTheLayersWhenAskedForAnother() {
    ShapeFile file = parse(STEM);
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> file.get("head"));
    assertEquals("file has no shape 'head'; it has stem", error.getMessage());
  }

  private static void assertError(String message, String... lines) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> parse(lines)).getMessage());
  }

  private static ShapeFile parse(String... lines) {
    return ShapeFile.parse("file", List.of(lines), shape -> shape.conv2d().outHeight());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GemmShapeTest {
  @Test
  void readsRowsColumnsAndDepth() {
    assertEquals(new GemmShape(64, 3136, 576), GemmShape.parse("64x3136x576"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "64x64", "64x64x64x64", "0x1x1", "-1x1x1", "64 x 64 x 64"})
  void refusesAnythingElse(String sizes) {
    assertThrows(IllegalArgumentException.class, () -> GemmShape.parse(sizes));
  }
}

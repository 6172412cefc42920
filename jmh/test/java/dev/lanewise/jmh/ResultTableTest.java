// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void isEmptyWithoutABenchmarkThatHasACeiling() {
    assertEquals("", new ResultTable(List.of()).toString());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The system property by which tests choose an algorithm. */
class AlgorithmNameTest {
  private static final String PROPERTY = "dev.lanewise.algorithm";

  private final String before = System.getProperty(PROPERTY);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @Test
  void choosesIt() {
    System.setProperty(PROPERTY, "implicit GEMM");
    assertTrue(plan().explain().contains("as dev.lanewise.algorithm says"));
  }

  @Test
  void refusesWhatIsNoAlgorithm() {
    System.setProperty(PROPERTY, "implicit gemm");
    assertThrows(IllegalArgumentException.class, AlgorithmNameTest::plan);
  }

  private static Conv2d plan() {
    return Conv2d.of(Conv2dGeometry.input(3, 8, 8).kernel(4, 3, 3)).build();
  }
}

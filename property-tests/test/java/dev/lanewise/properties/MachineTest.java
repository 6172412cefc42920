// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.gemm.DoubleGemm;
import dev.lanewise.gemm.Gemm;
import org.junit.jupiter.api.Test;

/** The build runs all tests once for each machine it can simulate; this shows that it did. */
class MachineTest {

  @Test
  void theKernelsAreThoseOfTheExpectedMachine() {
    String expected = System.getProperty("expected.machine");
    assumeTrue(expected != null, "not run by the build");
    String conv = Conv2d.of(Conv2dGeometry.input(1, 8, 8).kernel(8, 3, 3)).build().explain();
    System.out.println(conv);
    assertTrue(conv.contains(expected), conv);
    assertTrue(Gemm.of(8, 8, 8).build().explain().contains(expected));
    assertTrue(DoubleGemm.of(8, 8, 8).build().explain().contains(expected));
  }

  @Test
  void theTilesAreTheHighOnesWhereTheyAreAskedFor() {
    assumeTrue("high".equals(System.getProperty("dev.lanewise.tiles")), "not asked for");
    String product = Gemm.of(8, 8, 8).build().explain();
    assumeTrue(product.contains("512-bit vectors, 32 registers, fused"), "there are none");
    assertTrue(product.contains("microtile 12x32"), product);
    String inDouble = DoubleGemm.of(8, 8, 8).build().explain();
    assertTrue(inDouble.contains("microtile 12x16"), inDouble);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.consumer;

import dev.lanewise.gemm.Gemm;

/** Somebody's program, outside Lanewise's module: multiplies, checks the product, says what ran. */
public final class Program {
  private Program() {}

  public static void main(String[] arguments) {
    Gemm gemm = Gemm.of(1, 2, 2).build();
    float[] c = new float[2];
    gemm.multiply(
        1, new float[] {1, 2}, new float[] {3, 4, 5, 6}, 0, c, new float[gemm.workspaceFloats()]);
    if (c[0] != 13 || c[1] != 16) {
      throw new AssertionError(c[0] + ", " + c[1]);
    }
    System.out.println(gemm.explain());
  }
}

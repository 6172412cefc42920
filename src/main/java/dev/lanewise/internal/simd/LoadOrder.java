// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.lang.invoke.VarHandle;

/**
 * The order in which a kernel's step loads its operands.
 *
 * <p>C2 moves loads within a step as it likes. Where it takes all broadcasts of a step before the
 * first vector that they are multiplied by, no multiply-add can begin meanwhile, the broadcasts
 * need more registers than there are, and some sums wait on the stack from each step to the next.
 * The stack begins at a multiple of 16 bytes and not of 64, so the frames of the callers decide
 * whether such a sum lies across two cache lines; one that does comes back later than a step takes.
 * 1×1 1024→256 @14 ran at 72 or at 137 GFLOP/s by how deep it was called (Emerald Rapids, JDK 25).
 */
public final class LoadOrder {
  /** Where the machine never reorders loads, to forbid it needs no instruction. */
  private static final boolean FREE =
      System.getProperty("os.arch", "").equals("amd64")
          || System.getProperty("os.arch", "").equals("x86_64");

  private LoadOrder() {}

  /**
   * Loads that follow in the source follow in the compiled code. Costs no instruction; does nothing
   * where it would.
   */
  public static void keep() {
    if (FREE) {
      VarHandle.loadLoadFence();
    }
  }
}

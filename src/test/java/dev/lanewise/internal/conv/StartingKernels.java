// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.start.Takeover;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Operands and assertions for tests of kernels: what a process computes before the vector form is
 * fast has the bits of what comes later.
 */
public final class StartingKernels {
  /** Terms of a sum. */
  public static final int TERMS = 13;

  /** Elements of an operand. */
  public static final int ROOM = 4096;

  private StartingKernels() {}

  /**
   * A stuck kernel is replaced by a copy, even of a class that is not public; a trial runs the
   * copy.
   */
  public static void assertCopied(Takeover.Candidate... kernels) {
    for (Takeover.Candidate kernel : kernels) {
      int vectors = kernel.trial();
      kernel.renew();
      assertEquals(vectors, kernel.trial());
    }
  }

  /** Where the terms are. */
  public static int[] shifts() {
    return new Random(4).ints(TERMS, 0, 50).toArray();
  }

  /** An operand. */
  public static float[] random(int seed) {
    Random random = new Random(seed);
    float[] values = new float[ROOM];
    for (int i = 0; i < ROOM; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** Both forms leave the same in the same memory. */
  public static void assertSameBits(Consumer<float[]> vector, Consumer<float[]> scalar) {
    float[] expected = random(9);
    float[] actual = random(9);
    vector.accept(expected);
    scalar.accept(actual);
    assertArrayEquals(expected, actual);
  }
}

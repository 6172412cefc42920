// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TakeoverTest {
  private static final long MORE_THAN_PATIENCE = 200_000_000;

  /** So many vectors that any trial is fast. */
  private static final int FAST = 1 << 20;

  /** So few that none is. */
  private static final int SLOW = 1;

  /** A trial of it takes 0.1 ms of a clock of its own. */
  private static final class Kernel implements Takeover.Candidate {
    private long now;
    private int vectors;
    private int trials;
    private int copies;

    Kernel(int vectors) {
      this.vectors = vectors;
    }

    @Override
    public int trial() {
      trials++;
      now += 100_000;
      return vectors;
    }

    @Override
    public void renew() {
      copies++;
    }
  }

  @Test
  void aFastKernelTakesOverAfterSeveralTrials() {
    Kernel kernel = new Kernel(FAST);
    Takeover takeover = new Takeover(kernel, () -> kernel.now);
    takeover.scalar(MORE_THAN_PATIENCE);
    assertTrue(takeover.done());
    assertEquals(3, kernel.trials);
  }

  @Test
  void aSlowKernelTakesOverOnceItIsFast() {
    Kernel kernel = new Kernel(SLOW);
    Takeover takeover = new Takeover(kernel, () -> kernel.now);
    takeover.scalar(MORE_THAN_PATIENCE);
    assertFalse(takeover.done());
    kernel.vectors = FAST;
    takeover.scalar(MORE_THAN_PATIENCE);
    assertTrue(takeover.done());
  }

  /** Trials take a few times as long as scalar work, not a fixed number. */
  @Test
  void triesForAsLongAsItWorks() {
    Kernel kernel = new Kernel(SLOW);
    Takeover takeover = new Takeover(kernel, () -> kernel.now);
    takeover.scalar(MORE_THAN_PATIENCE);
    int before = kernel.trials;
    for (int call = 0; call < 100; call++) {
      takeover.scalar(1);
    }
    assertTrue(kernel.trials <= before + 1, () -> kernel.trials + " after " + before);
  }

  @Test
  void aStuckKernelIsCopiedTwiceAndThenSeldomTried() {
    Kernel kernel = new Kernel(SLOW);
    Takeover takeover = new Takeover(kernel, () -> kernel.now);
    for (int second = 0; second < 4; second++) {
      takeover.scalar(1_100_000_000);
    }
    assertEquals(2, kernel.copies);
    int before = kernel.trials;
    takeover.scalar(16_000_000);
    assertTrue(kernel.trials < before + 20, () -> kernel.trials + " after " + before);
  }

  @Test
  void aThreadThatWarmsUpDoesNotWait() {
    Kernel kernel = new Kernel(FAST);
    Takeover takeover = new Takeover(kernel, () -> kernel.now);
    Takeover.eagerly(() -> takeover.scalar(1));
    assertTrue(takeover.done());
  }
}

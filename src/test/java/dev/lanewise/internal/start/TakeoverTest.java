// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TakeoverTest {
  private static final long MORE_THAN_PATIENCE = 200_000_000;

  /** Less than patience, enough for a kernel that others have gone before. */
  private static final long LITTLE = 5_000_000;

  private static final long SECOND = 1_000_000_000;

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

  private static Takeover takeover(Kernel kernel) {
    return new Takeover(() -> kernel.now, new Takeover.Company());
  }

  /** While one is tried the next waits for its own patience: C2 has enough to do. */
  @Test
  void theNextKernelNeedsLittleWorkOnceTheFirstHasTakenOver() {
    Takeover.Company company = new Takeover.Company();
    Kernel first = new Kernel(SLOW);
    Kernel second = new Kernel(FAST);
    LongSupplier clock = () -> first.now + second.now;
    Takeover firstTakeover = new Takeover(clock, company);
    Takeover secondTakeover = new Takeover(clock, company);
    secondTakeover.scalar(LITTLE, second);
    firstTakeover.scalar(MORE_THAN_PATIENCE, first);
    secondTakeover.scalar(1, second);
    assertEquals(0, second.trials);
    first.vectors = FAST;
    firstTakeover.scalar(1_000_000, first);
    assertTrue(firstTakeover.done());
    secondTakeover.scalar(1, second);
    assertTrue(secondTakeover.done());
  }

  /** What is tried at once counts as well. */
  @Test
  void afterWarmingUpTheNextKernelNeedsLittleWork() {
    Takeover.Company company = new Takeover.Company();
    Kernel first = new Kernel(FAST);
    Kernel second = new Kernel(FAST);
    LongSupplier clock = () -> first.now + second.now;
    Takeover firstTakeover = new Takeover(clock, company);
    Takeover secondTakeover = new Takeover(clock, company);
    Takeover.eagerly(SECOND, () -> firstTakeover.scalar(1, first));
    assertTrue(firstTakeover.done());
    secondTakeover.scalar(LITTLE, second);
    assertTrue(secondTakeover.done());
  }

  /** Its rare trials do not make the others wait. */
  @Test
  void aKernelThatIsGivenUpKeepsNobodyWaiting() {
    Takeover.Company company = new Takeover.Company();
    Kernel stuck = new Kernel(SLOW);
    Kernel first = new Kernel(FAST);
    Kernel second = new Kernel(FAST);
    LongSupplier clock = () -> stuck.now + first.now + second.now;
    Takeover stuckTakeover = new Takeover(clock, company);
    for (int i = 0; i < 100; i++) {
      stuckTakeover.scalar(SECOND, stuck);
    }
    assertEquals(2, stuck.copies);
    new Takeover(clock, company).scalar(MORE_THAN_PATIENCE, first);
    int trials = stuck.trials;
    stuckTakeover.scalar(SECOND, stuck);
    assertTrue(stuck.trials > trials);
    Takeover secondTakeover = new Takeover(clock, company);
    secondTakeover.scalar(LITTLE, second);
    assertTrue(secondTakeover.done());
  }

  @Test
  void aFastKernelTakesOverAfterSeveralTrials() {
    Kernel kernel = new Kernel(FAST);
    Takeover takeover = takeover(kernel);
    takeover.scalar(MORE_THAN_PATIENCE, kernel);
    assertTrue(takeover.done());
    assertEquals(3, kernel.trials);
  }

  @Test
  void aSlowKernelTakesOverOnceItIsFast() {
    Kernel kernel = new Kernel(SLOW);
    Takeover takeover = takeover(kernel);
    takeover.scalar(MORE_THAN_PATIENCE, kernel);
    assertFalse(takeover.done());
    kernel.vectors = FAST;
    takeover.scalar(MORE_THAN_PATIENCE, kernel);
    assertTrue(takeover.done());
  }

  /** Trials take a few times as long as scalar work, not a fixed number. */
  @Test
  void triesForAsLongAsItWorks() {
    Kernel kernel = new Kernel(SLOW);
    Takeover takeover = takeover(kernel);
    takeover.scalar(MORE_THAN_PATIENCE, kernel);
    int before = kernel.trials;
    for (int call = 0; call < 100; call++) {
      takeover.scalar(1, kernel);
    }
    assertTrue(kernel.trials <= before + 1, () -> kernel.trials + " after " + before);
  }

  @Test
  void aStuckKernelIsCopiedTwiceAndThenSeldomTried() {
    Kernel kernel = new Kernel(SLOW);
    Takeover takeover = takeover(kernel);
    for (int second = 0; second < 4; second++) {
      takeover.scalar(1_100_000_000, kernel);
    }
    assertEquals(2, kernel.copies);
    int before = kernel.trials;
    takeover.scalar(16_000_000, kernel);
    assertTrue(kernel.trials < before + 20, () -> kernel.trials + " after " + before);
  }

  @Test
  void aThreadThatWarmsUpDoesNotWait() {
    Kernel kernel = new Kernel(FAST);
    Takeover takeover = takeover(kernel);
    Takeover.eagerly(SECOND, () -> takeover.scalar(1, kernel));
    assertTrue(takeover.done());
  }

  @Test
  void aThreadThatWarmsUpKnowsWhatItWaitsFor() {
    Kernel kernel = new Kernel(SLOW);
    Takeover takeover = takeover(kernel);
    Takeover.eagerly(
        SECOND,
        () -> {
          takeover.scalar(1, kernel);
          assertTrue(Takeover.waits());
          assertFalse(Takeover.waits());
          kernel.vectors = FAST;
          takeover.scalar(MORE_THAN_PATIENCE, kernel);
          assertFalse(Takeover.waits());
        });
    assertTrue(takeover.done());
  }

  /** However many tiles a call has: C2 may be busy with something else for as long as it likes. */
  @Test
  void aThreadThatWarmsUpGivesSlowKernelsUpInTime() {
    Kernel first = new Kernel(SLOW);
    Kernel second = new Kernel(SLOW);
    Takeover firstTakeover = takeover(first);
    Takeover secondTakeover = takeover(second);
    Takeover.eagerly(
        SECOND / 2,
        () -> {
          for (int tile = 0; tile < 10_000; tile++) {
            firstTakeover.scalar(1, first);
            secondTakeover.scalar(1, second);
          }
        });
    assertFalse(firstTakeover.done());
    assertFalse(secondTakeover.done());
    // Half a second, pauses included; what each kernel has as an advance and its last trial.
    long most = SECOND / 2 + 2 * (100_000_000 + 100_000);
    assertTrue(first.now + second.now <= most, () -> first.now + " and " + second.now);
  }
}

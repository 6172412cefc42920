// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.StateFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {
  private static final int EPOCHS = 3;
  private static final int BATCHES = SmallLearner.BATCHES;

  @TempDir Path directory;

  @Test
  void learnsEveryBatchOfEveryEpoch() {
    SmallLearner learner = new SmallLearner(1);
    TrainingRun run = run(learner, 1);
    assertTrue(run.run(new SilentProgress(), () -> false));
    assertEquals(EPOCHS * BATCHES, run.step());
    assertEquals(EPOCHS * BATCHES, run.losses().length);
    assertEquals(EPOCHS, run.epochsDone());
    assertEquals((long) EPOCHS * SmallLearner.PICTURES, run.pictures());
    assertTrue(run.trainingLoss(EPOCHS - 1) < run.trainingLoss(0));
  }

  @Test
  void theScheduleCountsBatchesThroughAllEpochs() {
    SmallLearner learner = new SmallLearner(1);
    List<Long> counted = new ArrayList<>();
    Schedule schedule =
        step -> {
          counted.add(step);
          return 0.01;
        };
    new TrainingRun(learner, 2, schedule, new SplitMix64(1)).run(new SilentProgress(), () -> false);
    List<Long> expected = new ArrayList<>();
    for (long step = 0; step < 2 * BATCHES; step++) {
      expected.add(step);
    }
    assertEquals(expected, counted);
  }

  /** In the middle of an epoch, between two, and before the first batch. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, BATCHES, BATCHES + 2, 3 * BATCHES - 1})
  void goesOnWithTheSameBitsWhereverItStopped(int batches) throws IOException {
    SmallLearner whole = new SmallLearner(1);
    TrainingRun uninterrupted = run(whole, 1);
    uninterrupted.run(new SilentProgress(), () -> false);

    TrainingRun interrupted = run(new SmallLearner(1), 1);
    assertFalse(interrupted.run(new SilentProgress(), () -> interrupted.step() == batches));
    Path checkpoint = directory.resolve("checkpoint");
    interrupted.state().save(checkpoint);

    SmallLearner other = new SmallLearner(2);
    TrainingRun resumed = run(other, 2);
    resumed.state().load(checkpoint);
    assertEquals(batches, resumed.step());
    assertTrue(resumed.run(new SilentProgress(), () -> false));
    assertArrayEquals(uninterrupted.losses(), resumed.losses());
    assertArrayEquals(whole.weights(), other.weights());
    for (int e = 0; e < EPOCHS; e++) {
      assertEquals(uninterrupted.trainingLoss(e), resumed.trainingLoss(e));
      assertArrayEquals(uninterrupted.test(e), resumed.test(e));
    }
  }

  @Test
  void isSavedBetweenEpochs() {
    TrainingRun run = run(new SmallLearner(1), 1);
    List<Integer> saved = new ArrayList<>();
    run.run(new SilentProgress(), () -> false, () -> saved.add(run.step()));
    assertEquals(List.of(BATCHES, 2 * BATCHES), saved);
  }

  @Test
  void refusesATruncatedCheckpoint() throws IOException {
    Path checkpoint = directory.resolve("checkpoint");
    run(new SmallLearner(1), 1).state().save(checkpoint);
    byte[] bytes = Files.readAllBytes(checkpoint);
    for (int length : new int[] {0, 7, 8, 100, bytes.length - 1}) {
      Files.write(checkpoint, Arrays.copyOf(bytes, length));
      TrainingRun run = run(new SmallLearner(1), 1);
      StateFileException refused =
          assertThrows(StateFileException.class, () -> run.state().load(checkpoint));
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  private static TrainingRun run(SmallLearner learner, long seed) {
    return new TrainingRun(
        learner, EPOCHS, Schedule.cosine(0.05, 0, EPOCHS * BATCHES), new SplitMix64(seed));
  }
}

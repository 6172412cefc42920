// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is interrupted, and goes on from its checkpoint in another process. */
class ResumeTest {
  private static final Schedule SCHEDULE = Schedule.step(1e-2, 2, 0.7);

  @TempDir Path directory;

  static List<Function<List<Parameter>, Optimizer>> optimizers() {
    return List.of(
        parameters -> Adam.of(parameters).build(),
        parameters -> Sgd.of(parameters).momentum(0.9).build(),
        parameters -> TorchSgd.of(parameters).momentum(0.9).dampening(0.5).build());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void goesOnWithTheBitsOfAnUninterruptedRun(Function<List<Parameter>, Optimizer> optimizer)
      throws IOException {
    Path file = directory.resolve("checkpoint.safetensors");
    Run uninterrupted = new Run(1, optimizer);
    uninterrupted.steps(9);

    Run interrupted = new Run(1, optimizer);
    interrupted.steps(4);
    interrupted.checkpoint().save(file);
    Run resumed = new Run(2, optimizer);
    resumed.checkpoint().load(file);
    resumed.steps(5);

    for (int i = 0; i < uninterrupted.network.parameters().size(); i++) {
      assertArrayEquals(
          uninterrupted.network.parameters().get(i).value().data(),
          resumed.network.parameters().get(i).value().data());
    }
    assertEquals(9, resumed.step);
  }

  /** Without the generators, other elements would be dropped. */
  @Test
  void everyPieceOfTheCheckpointCounts() throws IOException {
    Path file = directory.resolve("checkpoint.safetensors");
    Run run = new Run(1, optimizers().get(1));
    run.steps(4);
    run.checkpoint().save(file);
    Run seedOfItsOwn = new Run(2, optimizers().get(1));
    float[] own = seedOfItsOwn.outputs().clone();
    seedOfItsOwn.checkpoint().load(file);
    assertArrayEquals(run.outputs(), seedOfItsOwn.outputs());
    assertFalse(Arrays.equals(own, seedOfItsOwn.outputs()));
  }

  @Test
  void theNamesArePyTorchs() {
    Run run = new Run(1, optimizers().get(0));
    assertEquals(
        List.of("0.weight", "0.bias", "5.weight", "5.bias"), run.network.stateDict().names());
    assertEquals(
        List.of(
            "network.0.weight",
            "network.0.bias",
            "network.5.weight",
            "network.5.bias",
            "random.1.generator",
            "random.4.generator",
            "optimizer.learning_rate",
            "optimizer.step",
            "optimizer.0.weight.exp_avg",
            "optimizer.0.bias.exp_avg",
            "optimizer.5.weight.exp_avg",
            "optimizer.5.bias.exp_avg",
            "optimizer.0.weight.exp_avg_sq",
            "optimizer.0.bias.exp_avg_sq",
            "optimizer.5.weight.exp_avg_sq",
            "optimizer.5.bias.exp_avg_sq",
            "pictures",
            "step"),
        run.checkpoint().names());
  }

  private static final class Run {
    final Sequential network;
    final Optimizer optimizer;
    final CrossEntropyLoss loss = new CrossEntropyLoss();
    final SplitMix64 pictures;
    long step;

    Run(long seed, Function<List<Parameter>, Optimizer> optimizer) {
      SplitMix64 random = new SplitMix64(seed);
      this.network =
          Sequential.of(
              Conv2dLayer.of(1, 3, 3).build(random),
              Dropout2d.of(0.5, random),
              MaxPool2d.of(2).build(),
              new Flatten(),
              Dropout.of(0.3, random),
              Linear.of(3 * 2 * 2, 5).build(random));
      this.optimizer = optimizer.apply(network.parameters());
      this.pictures = random;
    }

    StateDict checkpoint() {
      return new StateDict()
          .include("network", network.stateDict())
          .include("random", network.generatorState())
          .include("optimizer", optimizer.stateDict())
          .generator("pictures", pictures)
          .wholeNumber("step", () -> step, loaded -> step = loaded);
    }

    void steps(int count) {
      for (int i = 0; i < count; i++) {
        optimizer.learningRate(SCHEDULE.at(step));
        optimizer.zeroGrad();
        loss.forward(network.forward(batch()), new int[] {0, 4, 2});
        network.backwardParameters(loss.backward());
        optimizer.step();
        step++;
      }
    }

    float[] outputs() {
      return network.forward(batch()).data();
    }

    private Tensor batch() {
      Tensor images = Tensor.zeros(3, 1, 6, 6);
      Initializers.uniform(images, 0, 1, pictures);
      return images;
    }
  }
}

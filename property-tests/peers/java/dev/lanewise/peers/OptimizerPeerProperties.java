// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.Sgd;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import dev.lanewise.nn.TorchSgd;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorVector;

/**
 * Every optimizer against PyTorch's over some steps of random gradients in [−1, 1]. A step passes
 * fewer than 32 roundings, and what it adds to a value is bounded by the settings alone; the
 * property adds that up.
 */
class OptimizerPeerProperties {
  private static final int STEPS = 20;
  private static final int ROUNDINGS = 32 * STEPS;

  /** What one step of the peer's does, given this step's gradient. */
  @FunctionalInterface
  private interface Step {
    void take(org.bytedeco.pytorch.Tensor gradient, int step);
  }

  @Property
  void stochasticGradientDescent(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Parameter parameter = parameter(random);
    double rate = random.nextDouble(1e-4, 0.5);
    double decay = random.nextBoolean() ? 0 : random.nextDouble(0, 0.1);
    boolean nesterov = random.nextBoolean();
    double momentum = nesterov || random.nextBoolean() ? random.nextDouble(0.1, 0.95) : 0;
    double dampening = nesterov ? 0 : random.nextDouble(0, 1);
    TorchSgd.Builder builder =
        TorchSgd.of(List.of(parameter))
            .learningRate(rate)
            .momentum(momentum)
            .dampening(dampening)
            .weightDecay(decay);
    TorchSgd ours = (nesterov ? builder.nesterov() : builder).build();
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor theirs = Torch.variable(parameter.value());
      scope.attach(theirs);
      SGDOptions options = new SGDOptions(rate);
      options.momentum().put(momentum);
      options.dampening().put(dampening);
      options.weight_decay().put(decay);
      options.nesterov().put(nesterov);
      SGD sgd = new SGD(new TensorVector(theirs), options);
      double reach = reachOfMomentum(momentum) * rate * STEPS;
      compare(
          ours,
          parameter,
          theirs,
          (gradient, step) -> {
            theirs.mutable_grad().put(gradient);
            sgd.step();
          },
          Math.exp(decay * reach) * (1 + 2 * reach),
          random);
    }
  }

  /** Seed 004's, written out in PyTorch's operations, while a schedule changes the rate. */
  @Property
  void velocityWithTheLearningRateInside(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Parameter parameter = parameter(random);
    double momentum = random.nextDouble(0, 0.95);
    Schedule schedule = Schedule.cosine(random.nextDouble(1e-4, 0.5), 1e-5, STEPS);
    Sgd ours = Sgd.of(List.of(parameter)).momentum(momentum).build();
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor theirs = Torch.of(parameter.value());
      scope.attach(theirs);
      org.bytedeco.pytorch.Tensor factor =
          Torch.of(new float[parameter.value().data().length], parameter.value().data().length);
      compare(
          ours,
          parameter,
          theirs,
          (gradient, step) -> {
            double rate = schedule.at(step);
            ours.learningRate(rate);
            factor.mul_(new org.bytedeco.pytorch.Scalar(momentum));
            factor.add_(gradient, new org.bytedeco.pytorch.Scalar(rate));
            theirs.sub_(factor, new org.bytedeco.pytorch.Scalar(1));
          },
          1 + reachOfMomentum(momentum) * 0.5 * STEPS,
          random);
    }
  }

  /**
   * Adam divides by the root of a mean of squares: a gradient's share in it is at least (1 − β₂),
   * so a step is at most rate / √(1 − β₂) long.
   */
  @Property
  void adam(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Parameter parameter = parameter(random);
    double rate = random.nextDouble(1e-4, 0.1);
    double beta1 = random.nextDouble(0.5, 0.95);
    double beta2 = random.nextDouble(0.9, 0.9999);
    double epsilon = random.nextDouble(1e-8, 1e-3);
    Adam ours =
        Adam.of(List.of(parameter))
            .learningRate(rate)
            .betas(beta1, beta2)
            .epsilon(epsilon)
            .build();
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor theirs = Torch.variable(parameter.value());
      scope.attach(theirs);
      AdamOptions options = new AdamOptions(rate);
      // The pointer is to a tuple, which libstdc++ lays out last element first.
      options.betas().put(0, beta2).put(1, beta1);
      options.eps().put(epsilon);
      org.bytedeco.pytorch.Adam adam =
          new org.bytedeco.pytorch.Adam(new TensorVector(theirs), options);
      compare(
          ours,
          parameter,
          theirs,
          (gradient, step) -> {
            theirs.mutable_grad().put(gradient);
            adam.step();
          },
          1 + STEPS * rate / Math.sqrt(1 - beta2),
          random);
    }
  }

  /** The sum of the powers of the momentum. */
  private static double reachOfMomentum(double momentum) {
    return 1 / (1 - momentum);
  }

  private static Parameter parameter(SplitMix64 random) {
    return Parameter.of("weight", LayerCase.random(random, random.nextInt(1, 100)));
  }

  private static void compare(
      Optimizer ours,
      Parameter parameter,
      org.bytedeco.pytorch.Tensor theirs,
      Step step,
      double magnitude,
      SplitMix64 random) {
    float[] magnitudes = new float[parameter.value().data().length];
    Arrays.fill(magnitudes, (float) magnitude);
    for (int i = 0; i < STEPS; i++) {
      Tensor gradient = LayerCase.random(random, magnitudes.length);
      System.arraycopy(gradient.data(), 0, parameter.gradient().data(), 0, magnitudes.length);
      step.take(Torch.of(gradient), i);
      ours.step();
      Compared.require(
          "step " + i, ROUNDINGS, Torch.values(theirs), parameter.value().data(), magnitudes);
    }
  }
}

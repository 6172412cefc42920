// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.GradientMode;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Lanewise in a process that has already made and used a thousand plans of other sizes, kernels and
 * strides, as an application with many models: what C2 then knows of the kernels' callers is wide.
 */
final class ThousandthPlan implements Contender {
  private static final int PLANS = 1000;
  private static final int LARGEST_SIZE = 24;
  private static final int LARGEST_CHANNELS = 40;
  private static final long SEED = 20261124;

  private final LanewiseContender lanewise;

  ThousandthPlan(int threads) {
    this.lanewise = new LanewiseContender(Arithmetic.EXACT_SUM, threads);
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(SEED);
    for (int i = 0; i < PLANS; i++) {
      use(random);
    }
  }

  private static void use(RandomGenerator random) {
    int kernel = random.nextInt(1, 6);
    Conv2dGeometry geometry =
        Conv2dGeometry.input(
                random.nextInt(1, 4),
                random.nextInt(1, LARGEST_CHANNELS),
                random.nextInt(kernel, LARGEST_SIZE),
                random.nextInt(kernel, LARGEST_SIZE))
            .kernel(random.nextInt(1, LARGEST_CHANNELS), kernel, kernel)
            .stride(random.nextInt(1, 3))
            .padding(random.nextInt(kernel));
    Conv2d conv = Conv2d.of(geometry).build();
    float[] input = new float[Math.toIntExact(geometry.inputElements())];
    float[] weight = new float[Math.toIntExact(geometry.weightElements())];
    float[] output = new float[Math.toIntExact(geometry.outputElements())];
    float[] workspace = new float[conv.workspaceFloats()];
    conv.forward(input, conv.pack(weight), null, null, output, workspace);
    conv.backwardInput(output, conv.packForBackwardInput(weight), input, workspace);
    conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
  }

  @Override
  public boolean canSolve(Task task) {
    return lanewise.canSolve(task);
  }

  @Override
  public Entry enter(Problem problem) {
    return lanewise.enter(problem);
  }
}

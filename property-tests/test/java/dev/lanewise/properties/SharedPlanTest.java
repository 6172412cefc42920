// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One plan, several threads with a workspace each. */
class SharedPlanTest {
  private static final int THREADS = 4;
  private static final int CALLS = 10;

  @Test
  void everyThreadGetsTheSameBits() throws Exception {
    ReferenceConv2d sizes =
        new ReferenceConv2d(2, 9, 17, 19, 10, ReferenceWindow.of(3, 3).padding(1, 1, 1, 1), 1);
    ConvolutionCase c = new ConvolutionCase(sizes, true, Layout.PLAIN, 1);
    Operands o = Operands.reals(c, Precision.FLOAT);
    TestedConvolution plan = c.tested(Precision.FLOAT);
    double[] output = plan.forward(Layout.PLAIN, o.input(), o.weight(), o.bias());
    double[] gradInput = plan.backwardInput(Layout.PLAIN, o.gradOutput(), o.weight());
    double[] gradWeight = plan.backwardWeight(Layout.PLAIN, o.input(), o.gradOutput());
    Callable<Void> calls =
        () -> {
          for (int i = 0; i < CALLS; i++) {
            requireSameBits(
                "output", output, plan.forward(Layout.PLAIN, o.input(), o.weight(), o.bias()));
            requireSameBits(
                "gradInput",
                gradInput,
                plan.backwardInput(Layout.PLAIN, o.gradOutput(), o.weight()));
            requireSameBits(
                "gradWeight",
                gradWeight,
                plan.backwardWeight(Layout.PLAIN, o.input(), o.gradOutput()));
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        results.add(threads.submit(calls));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import static dev.lanewise.internal.conv.StartingKernels.TERMS;
import static dev.lanewise.internal.conv.StartingKernels.assertCopied;
import static dev.lanewise.internal.conv.StartingKernels.assertSameBits;
import static dev.lanewise.internal.conv.StartingKernels.random;
import static dev.lanewise.internal.conv.StartingKernels.shifts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.simd.FloatLanes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scalars stand in for vectors with the same bits. */
class StartingDirectTest {
  @Test
  void directKernels() {
    int lanes = 2 * FloatLanes.LENGTH;
    for (FloatDirectKernel kernel :
        List.of(
            new FloatDirectKernel4x2(),
            new FloatDirectKernel6x2(),
            new FloatDirectKernel8x2(),
            new FloatDirectKernel14x2())) {
      int run = kernel.run();
      FloatDirectKernel scalar = new FloatDirectKernelScalar(run, lanes);
      for (int skip : new int[] {0, 1, run}) {
        for (int initial : new int[] {-1, 3}) {
          assertSameBits(
              target -> work(kernel, skip, initial, target),
              target -> work(scalar, skip, initial, target));
        }
      }
    }
  }

  private static void work(FloatDirectKernel kernel, int skip, int initial, float[] sums) {
    int lanes = kernel.lanes();
    int pixels = kernel.run() * lanes;
    kernel.accumulate(
        TERMS,
        shifts(),
        0,
        random(1),
        5,
        60,
        random(2),
        7,
        sums,
        initial,
        lanes,
        lanes + pixels,
        lanes,
        skip,
        2 * pixels + lanes);
    // Not a result.
    Arrays.fill(sums, 2 * pixels + lanes, 2 * pixels + 2 * lanes, 0);
  }

  @Test
  void lineKernels() {
    List<LineForm> forms = new ArrayList<>(LineForm.ALL);
    forms.add(LineForm.ofPlanes(35));
    for (LineForm form : forms) {
      for (int run = FloatLineKernels.SHORTEST; run <= form.longest(); run++) {
        FloatLineKernel vector = FloatLineKernels.vector(form, run);
        FloatLineKernel scalar = new FloatLineKernelScalar(form, run, vector.lanes());
        assertEquals(form, vector.form());
        assertEquals(run, vector.run());
        for (int initial : new int[] {-1, 3}) {
          assertSameBits(
              target -> work(vector, initial, target), target -> work(scalar, initial, target));
        }
      }
    }
  }

  private static void work(FloatLineKernel kernel, int initial, float[] sums) {
    int lanes = kernel.lanes();
    kernel.accumulate(TERMS, random(1), 5, random(2), 7, sums, initial, lanes, 2 * lanes);
  }

  @Test
  void aStuckKernelIsReplacedByACopy() {
    assertCopied(
        new FloatStartingDirectKernel(new FloatDirectKernel14x2()),
        FloatLineKernels.of(LineForm.DENSE, FloatLineKernels.SHORTEST),
        // Of two taps: a copy that forgot would have three.
        FloatLineKernels.of(LineForm.ALL.getLast(), FloatLineKernels.SHORTEST),
        FloatLineKernels.ofPlanes(35, FloatLineKernels.SHORTEST));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.conv.StartingKernels.assertCopied;
import static dev.lanewise.internal.conv.StartingKernels.assertSameBits;
import static dev.lanewise.internal.conv.StartingKernels.random;

import dev.lanewise.internal.simd.FloatLanes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scalars stand in for vectors with the same bits. */
class StartingDepthwiseTest {
  /** Rows as long as a vector of the target and shorter, columns inside a row and at its ends. */
  @Test
  void depthwiseKernels() {
    for (FloatDepthwiseKernel kernel :
        List.of(
            new FloatDepthwiseKernelUnit(),
            new FloatDepthwiseKernelStrided(),
            new FloatDepthwiseKernelPhases())) {
      FloatDepthwiseKernel scalar =
          new FloatDepthwiseKernelScalar(
              kernel.sourceStep(), kernel.targetStep(), kernel.positions());
      for (int pitch : new int[] {50, 5}) {
        for (long inside : new long[] {-1, 0x1e}) {
          assertSameBits(
              target -> work(kernel, 0, pitch, inside << 1, inside, target),
              target -> work(scalar, 0, pitch, inside << 1, inside, target));
        }
      }
    }
  }

  private static void work(
      FloatDepthwiseKernel kernel, int column, int pitch, long left, long right, float[] target) {
    kernel.run(
        4,
        random(1),
        2 + column,
        random(2),
        3 + column,
        pitch,
        random(3),
        4 + column,
        left,
        right,
        random(4),
        8,
        -1,
        0.7f,
        target,
        5 + column,
        pitch);
  }

  /** Columns that overlap and columns side by side, inside a row and at its ends. */
  @Test
  void depthwisePairs() {
    FloatDepthwiseKernel single = new FloatDepthwiseKernelScalar(1, 1, FloatLanes.LENGTH);
    for (int second = 1; second <= FloatLanes.LENGTH; second++) {
      int between = second;
      for (long inside : new long[] {-1, 0x1e}) {
        assertSameBits(
            target -> workOfPair(between, inside, target),
            target -> {
              work(single, 0, 50, inside << 1, -1, target);
              work(single, between, 50, -1, inside, target);
            });
      }
    }
  }

  private static void workOfPair(int second, long inside, float[] target) {
    new FloatDepthwisePairUnit()
        .run(
            4,
            random(1),
            2,
            random(2),
            3,
            50,
            random(3),
            4,
            second,
            inside << 1,
            inside,
            random(4),
            8,
            -1,
            0.7f,
            target,
            5,
            50);
  }

  @Test
  void depthwiseDots() {
    for (FloatDepthwiseDots dots :
        List.of(
            new FloatDepthwiseDotsUnit(),
            new FloatDepthwiseDotsPairs(),
            new FloatDepthwiseDotsStrided())) {
      FloatDepthwiseDots scalar = new FloatDepthwiseDotsScalar(dots.step(), dots.leastRows());
      assertSameBits(sums -> work(dots, sums), sums -> work(scalar, sums));
    }
  }

  private static void work(FloatDepthwiseDots dots, float[] sums) {
    int[] columns = {0, 3};
    long[] kept = {0x54, 0x55, 0x15, 0x50, 0x55, 0x41};
    dots.run(
        2, 4, columns, kept, random(1), 2, 9, random(2), 3, 20, 95, random(3), 4, 8, random(4), 5,
        15, 70, sums, 6);
  }

  @Test
  void aStuckKernelIsReplacedByACopy() {
    assertCopied(FloatDepthwiseKernel.STRIDED, FloatDepthwiseDots.UNIT);
  }
}

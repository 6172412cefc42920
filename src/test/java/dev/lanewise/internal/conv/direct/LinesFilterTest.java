// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.internal.conv.AxisMap;
import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three taps a step give the bits of one. */
class LinesFilterTest {
  private static final IntBinaryOperator NOTHING = (index, size) -> AxisMap.OUTSIDE;

  @BeforeEach
  void hasKernels() {
    assumeTrue(FloatLinesFilter.hasKernels());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 5, 5, 1, 3",
    "40, 9, 30, 1, 3",
    "20, 20, 61, 0, 3",
    "350, 4, 13, 1, 3",
    "33, 5, 8, 4, 3",
    "17, 11, 24, 2, 6"
  })
  void haveTheBitsOfPixels(int channels, int height, int width, int padding, int kernelRows) {
    for (double surroundings : new double[] {0, 0.5}) {
      for (float weight : new float[] {0.25f, Float.POSITIVE_INFINITY, Float.NaN}) {
        ConvShape shape = shape(channels, height, width, padding, kernelRows, surroundings);
        requireSameBits(shape, true, weight);
        requireSameBits(shape, false, weight);
      }
    }
  }

  private static ConvShape shape(
      int channels, int height, int width, int padding, int kernelRows, double surroundings) {
    int down = height + 2 * padding - kernelRows + 1;
    int right = width + 2 * padding - 2;
    return new ConvShape(
        2,
        1,
        FloatDirectKernel.LANES + 3,
        new ColumnShape(
            channels,
            new AxisMap(height, kernelRows, 1, 1, padding, down, NOTHING),
            new AxisMap(width, 3, 1, 1, padding, right, NOTHING),
            surroundings));
  }

  /**
   * @param first a weight
   */
  private static void requireSameBits(ConvShape shape, boolean forward, float first) {
    FloatDirectFilter pixels = FloatDirectFilter.pixels(shape, FloatEpilogue.NONE, forward);
    FloatFilter lines = FloatLinesFilter.of(shape, forward, pixels);
    assertInstanceOf(FloatLinesFilter.class, lines);
    float[] weight = reals(shape.weightGroup(), 1);
    weight[0] = first;
    float[] source = reals(shape.batch() * (forward ? shape.image() : shape.filtered()), 2);
    float[] bias = reals(Math.max(shape.filters(), shape.columns().channels()), 3);
    int targets = (int) (shape.batch() * (forward ? shape.filtered() : shape.image()));
    assertArrayEquals(
        run(pixels, source, weight, bias, targets), run(lines, source, weight, bias, targets));
  }

  private static float[] run(
      FloatFilter filter, float[] source, float[] weight, float[] bias, int targets) {
    int blocks = filter.weightBlocks();
    float[] packed = new float[blocks * filter.weightBlockFloats()];
    filter.packWeights(weight, 0, 0, blocks, packed, 0);
    float[] target = new float[targets];
    float[] workspace = new float[filter.workspaceFloats()];
    // What is not written must not be read.
    Arrays.fill(workspace, Float.NaN);
    filter.run(
        source,
        0,
        packed,
        0,
        0,
        blocks,
        bias,
        0,
        null,
        0,
        target,
        0,
        0,
        filter.parts(),
        workspace,
        0);
    return target;
  }

  private static float[] reals(long count, int seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}

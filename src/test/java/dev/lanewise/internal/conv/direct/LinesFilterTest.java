// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
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

/** Two or three taps a step give the bits of one, of lines that are copies as of planes. */
class LinesFilterTest {
  private static final IntBinaryOperator NOTHING = (index, size) -> AxisMap.OUTSIDE;

  @BeforeEach
  void hasKernels() {
    assumeTrue(FloatLinesFilter.hasKernels());
  }

  @ParameterizedTest
  @CsvSource({
    // channels, height, width, padding, kernel rows, kernel columns, stride, dilation
    "3, 5, 5, 1, 3, 3, 1, 1",
    "40, 9, 30, 1, 3, 3, 1, 1",
    "20, 20, 61, 0, 3, 3, 1, 1",
    "350, 4, 13, 1, 3, 3, 1, 1",
    "33, 5, 8, 4, 3, 3, 1, 1",
    "17, 11, 24, 2, 6, 3, 1, 1",
    "40, 13, 56, 1, 3, 3, 2, 1",
    "5, 30, 23, 3, 4, 3, 2, 1",
    "20, 17, 28, 2, 3, 3, 1, 2",
    "3, 40, 31, 0, 5, 3, 1, 2",
    "9, 8, 25, 1, 2, 2, 1, 1",
    "1500, 6, 13, 3, 1, 1, 1, 1",
    "450, 6, 12, 0, 2, 2, 1, 1",
    "6, 11, 35, 2, 3, 1, 1, 3"
  })
  void forwardsHaveTheBitsOfPixels(
      int channels,
      int height,
      int width,
      int padding,
      int kernelRows,
      int kernelColumns,
      int stride,
      int dilation) {
    for (double surroundings : new double[] {0, 0.5}) {
      requireSameBits(
          shape(
              channels,
              FloatDirectKernel.LANES + 3,
              axis(height, kernelRows, stride, dilation, padding),
              axis(width, kernelColumns, stride, dilation, padding),
              surroundings),
          true);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // filters, height, width, padding, kernel rows, kernel columns, stride, dilation
    "3, 5, 5, 1, 3, 3, 1, 1",
    "40, 9, 30, 1, 3, 3, 1, 1",
    "20, 20, 61, 0, 3, 3, 1, 1",
    "350, 4, 13, 1, 3, 3, 1, 1",
    "33, 5, 8, 4, 3, 3, 1, 1",
    "17, 11, 24, 2, 6, 3, 1, 1",
    "20, 28, 34, 2, 3, 3, 1, 2",
    "40, 13, 56, 1, 3, 3, 2, 1",
    "20, 16, 16, 1, 4, 4, 2, 1",
    "300, 10, 31, 1, 4, 4, 2, 1",
    "8, 9, 41, 2, 5, 3, 3, 1",
    "8, 9, 41, 1, 1, 1, 2, 1"
  })
  void backwardsHaveTheBitsOfPixels(
      int filters,
      int height,
      int width,
      int padding,
      int kernelRows,
      int kernelColumns,
      int stride,
      int dilation) {
    requireSameBits(
        shape(
            FloatDirectKernel.LANES + 3,
            filters,
            axis(height, kernelRows, stride, dilation, padding),
            axis(width, kernelColumns, stride, dilation, padding),
            0),
        false);
  }

  @ParameterizedTest
  @CsvSource({
    // channels, filters, height, width, groups
    "2, 35, 1, 5, 1",
    "8, 40, 14, 14, 1",
    "1500, 6, 7, 7, 1",
    "6, 33, 29, 11, 2",
    "4, 4, 64, 64, 1",
    "600, 34, 16, 17, 1",
    // A source that some machines copy.
    "1300, 34, 16, 17, 1"
  })
  void planesHaveTheBitsOfPixels(int channels, int filters, int height, int width, int groups) {
    AxisMap vertical = axis(height, 1, 1, 1, 0);
    AxisMap horizontal = axis(width, 1, 1, 1, 0);
    ConvShape forwards =
        new ConvShape(2, groups, filters, new ColumnShape(channels, vertical, horizontal, 0));
    ConvShape backwards =
        new ConvShape(2, groups, channels, new ColumnShape(filters, vertical, horizontal, 0));
    for (boolean forward : new boolean[] {true, false}) {
      ConvShape shape = forward ? forwards : backwards;
      FloatDirectFilter pixels = FloatDirectFilter.pixels(shape, FloatEpilogue.NONE, forward);
      FloatFilter planes = FloatPlanesFilter.of(shape, forward, pixels);
      assertInstanceOf(FloatPlanesFilter.class, planes);
      requireSameBits(shape, forward, 0.25f, pixels, planes);
    }
  }

  /** Gradients of subsampled images have pixels between those of the source. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1", "2, 2", "1, 3"})
  void strideLeavesPlanesToOthers(int vertical, int horizontal) {
    ConvShape shape = shape(4, 8, axis(13, 1, vertical, 1, 0), axis(37, 1, horizontal, 1, 0), 0);
    FloatDirectFilter pixels = FloatDirectFilter.pixels(shape, FloatEpilogue.NONE, false);
    assertSame(pixels, FloatPlanesFilter.of(shape, false, pixels));
  }

  private static AxisMap axis(int input, int kernel, int stride, int dilation, int padding) {
    int output = (input + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1;
    return new AxisMap(input, kernel, stride, dilation, padding, output, NOTHING);
  }

  private static ConvShape shape(
      int channels, int filters, AxisMap vertical, AxisMap horizontal, double surroundings) {
    return new ConvShape(
        2, 1, filters, new ColumnShape(channels, vertical, horizontal, surroundings));
  }

  private static void requireSameBits(ConvShape shape, boolean forward) {
    for (float weight : new float[] {0.25f, Float.POSITIVE_INFINITY, Float.NaN}) {
      requireSameBits(shape, forward, weight);
    }
  }

  /**
   * @param first a weight
   */
  private static void requireSameBits(ConvShape shape, boolean forward, float first) {
    FloatDirectFilter pixels = FloatDirectFilter.pixels(shape, FloatEpilogue.NONE, forward);
    FloatFilter lines = FloatLinesFilter.of(shape, forward, pixels);
    assertInstanceOf(FloatLinesFilter.class, lines);
    requireSameBits(shape, forward, first, pixels, lines);
  }

  private static void requireSameBits(
      ConvShape shape, boolean forward, float first, FloatFilter pixels, FloatFilter lines) {
    float[] weight = reals(shape.groups() * shape.weightGroup(), 1);
    weight[0] = first;
    float[] source = reals(shape.batch() * (forward ? shape.image() : shape.filtered()), 2);
    int mostTargets = Math.max(shape.filters(), shape.columns().channels());
    float[] bias = reals(shape.groups() * mostTargets, 3);
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

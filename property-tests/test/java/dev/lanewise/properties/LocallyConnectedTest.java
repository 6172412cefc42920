// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.LocallyConnected2d;
import dev.lanewise.conv.Padding;
import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unshared filters: against seed 003's example, a convolution, and one window at a time. */
class LocallyConnectedTest {
  private static final Conv2dGeometry[] GEOMETRIES = {
    Conv2dGeometry.input(3, 4, 9, 40).kernel(5, 3, 3).padding(1),
    Conv2dGeometry.input(2, 3, 11, 8).kernel(2, 3, 2).stride(2).padding(Padding.of(1, 0)),
    Conv2dGeometry.input(1, 2, 12, 12).kernel(3, 2, 3).dilation(3),
    Conv2dGeometry.input(2, 64, 20, 20).kernel(2, 5, 5),
  };

  private final Random random = new Random(1);

  /** The patch (3, 4, 6, 7) with the kernel (0, 1, 2, 3) makes 37; here only one window has it. */
  @Test
  void theWorkedExampleWithTheKernelAtOneLocation() {
    LocallyConnected2d plan = LocallyConnected2d.of(Conv2dGeometry.input(1, 3, 3).kernel(1, 2, 2));
    float[] weight = new float[16];
    for (int tap = 0; tap < 4; tap++) {
      weight[tap * 4 + 2] = tap;
    }
    float[] output = new float[4];
    plan.forward(
        new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8},
        weight,
        new float[] {1, 2, 0, 4},
        output,
        new float[plan.workspaceFloats()]);
    assertArrayEquals(new float[] {1, 2, 37, 4}, output);
  }

  /**
   * The second image begins 2³¹ elements behind the first, in a file of which two pages are there.
   */
  @Test
  void imagesOfMoreElementsThanAnArrayHas(@TempDir Path directory) throws IOException {
    Conv2dGeometry geometry =
        Conv2dGeometry.input(2, 2, 32_768, 32_768).kernel(1, 1, 1).stride(32_768);
    LocallyConnected2d plan = LocallyConnected2d.of(geometry);
    float[] workspace = new float[plan.workspaceFloats()];
    try (FileChannel file =
            FileChannel.open(
                directory.resolve("sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        Arena arena = Arena.ofConfined()) {
      long bytes = geometry.inputElements() * Float.BYTES;
      MemorySegment input = file.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      input.set(ValueLayout.JAVA_FLOAT, 0, 5);
      input.set(ValueLayout.JAVA_FLOAT, bytes / 2, 7);
      float[] output = new float[2];
      plan.forward(
          input,
          MemorySegment.ofArray(new float[] {2, 0}),
          null,
          MemorySegment.ofArray(output),
          workspace);
      assertArrayEquals(new float[] {10, 14}, output);
      float[] gradWeight = new float[2];
      plan.backwardWeight(
          input,
          MemorySegment.ofArray(new float[] {1, 10}),
          MemorySegment.ofArray(gradWeight),
          GradientMode.OVERWRITE,
          workspace);
      assertArrayEquals(new float[] {5 + 70, 0}, gradWeight);
    }
  }

  /** With the same weights everywhere it is a convolution; integers do not round. */
  @Test
  void withSharedWeightsItIsAConvolution() {
    for (Conv2dGeometry geometry : GEOMETRIES) {
      Conv2d conv = Conv2d.of(geometry).build();
      LocallyConnected2d plan = LocallyConnected2d.of(geometry);
      float[] scratch = new float[Math.max(conv.workspaceFloats(), plan.workspaceFloats())];
      float[] input = integers(geometry.inputElements(), geometry);
      float[] kernel = integers(geometry.weightElements(), geometry);
      float[] gradOutput = integers(geometry.outputElements(), geometry);
      int windows = geometry.outHeight() * geometry.outWidth();
      float[] weight = new float[(int) plan.weightElements()];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = kernel[i / windows];
      }

      float[] expected = new float[gradOutput.length];
      float[] output = filled(gradOutput.length);
      conv.forward(input, kernel, null, expected, scratch);
      plan.forward(input, weight, null, output, scratch);
      assertSame("output", expected, output);

      float[] expectedGradInput = new float[input.length];
      float[] gradInput = filled(input.length);
      conv.backwardInput(gradOutput, kernel, expectedGradInput, scratch);
      plan.backwardInput(gradOutput, weight, gradInput, scratch);
      assertSame("gradInput", expectedGradInput, gradInput);

      float[] expectedGradWeight = new float[kernel.length];
      float[] gradWeight = filled(weight.length);
      conv.backwardWeight(input, gradOutput, expectedGradWeight, GradientMode.OVERWRITE, scratch);
      plan.backwardWeight(input, gradOutput, gradWeight, GradientMode.OVERWRITE, scratch);
      float[] summed = new float[kernel.length];
      for (int i = 0; i < gradWeight.length; i++) {
        summed[i / windows] += gradWeight[i];
      }
      assertSame("gradWeight", expectedGradWeight, summed);
      plan.backwardWeight(input, gradOutput, gradWeight, GradientMode.ACCUMULATE, scratch);
      for (int i = 0; i < gradWeight.length; i++) {
        summed[i / windows] -= gradWeight[i] / 2;
      }
      assertSame("accumulated gradWeight", new float[kernel.length], summed);
    }
  }

  @Test
  void theBiasHasAGradientForEveryLocation() {
    Conv2dGeometry geometry = Conv2dGeometry.input(2, 1, 2, 3).kernel(1, 1, 2).padding(0);
    LocallyConnected2d plan = LocallyConnected2d.of(geometry);
    float[] gradBias = filled(4);
    plan.backwardBias(new float[] {1, 2, 3, 4, 10, 20, 30, 40}, gradBias, GradientMode.OVERWRITE);
    assertArrayEquals(new float[] {11, 22, 33, 44}, gradBias);
  }

  @Test
  void nativeMemoryHoldsTheSameBits() {
    Conv2dGeometry geometry = GEOMETRIES[0];
    LocallyConnected2d plan = LocallyConnected2d.of(geometry);
    float[] scratch = new float[plan.workspaceFloats()];
    float[] input = reals(geometry.inputElements());
    float[] weight = reals(plan.weightElements());
    float[] bias = reals(plan.biasElements());
    float[] output = new float[(int) geometry.outputElements()];
    float[] gradInput = new float[input.length];
    float[] gradWeight = new float[weight.length];
    float[] gradBias = new float[bias.length];
    plan.forward(input, weight, bias, output, scratch);
    plan.backwardInput(output, weight, gradInput, scratch);
    plan.backwardWeight(input, output, gradWeight, GradientMode.OVERWRITE, scratch);
    plan.backwardBias(output, gradBias, GradientMode.OVERWRITE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = segment(arena, input);
      MemorySegment w = segment(arena, weight);
      MemorySegment y = segment(arena, filled(output.length));
      MemorySegment dx = segment(arena, filled(input.length));
      MemorySegment dw = segment(arena, filled(weight.length));
      MemorySegment db = segment(arena, filled(bias.length));
      plan.forward(x, w, segment(arena, bias), y, scratch);
      plan.backwardInput(y, w, dx, scratch);
      plan.backwardWeight(x, y, dw, GradientMode.OVERWRITE, scratch);
      plan.backwardBias(y, db, GradientMode.OVERWRITE);
      assertArrayEquals(output, y.toArray(ValueLayout.JAVA_FLOAT));
      assertArrayEquals(gradInput, dx.toArray(ValueLayout.JAVA_FLOAT));
      assertArrayEquals(gradWeight, dw.toArray(ValueLayout.JAVA_FLOAT));
      assertArrayEquals(gradBias, db.toArray(ValueLayout.JAVA_FLOAT));
    }
  }

  @Test
  void refusesGroupsAndOperandsThatDoNotFit() {
    var groups = Conv2dGeometry.input(1, 4, 4, 4).kernel(4, 1, 1).groups(2);
    var e = assertThrows(IllegalArgumentException.class, () -> LocallyConnected2d.of(groups));
    assertEquals("a locally connected layer has no groups: groups=2", e.getMessage());
    LocallyConnected2d plan = LocallyConnected2d.of(Conv2dGeometry.input(1, 2, 2).kernel(1, 1, 1));
    float[] four = new float[4];
    float[] scratch = new float[plan.workspaceFloats()];
    assertThrows(
        IllegalArgumentException.class,
        () -> plan.forward(four, new float[3], null, new float[4], scratch));
    assertThrows(
        IllegalArgumentException.class,
        () -> plan.forward(four, new float[4], null, four, scratch));
    assertThrows(
        IllegalArgumentException.class,
        () -> plan.forward(four, new float[4], null, new float[4], new float[0]));
    assertThrows(
        NullPointerException.class, () -> plan.forward(four, null, null, new float[4], scratch));
  }

  private static void assertSame(String what, float[] expected, float[] actual) {
    NumbersPolicy.requireSameBits(what, doubles(expected), doubles(actual));
  }

  /** Sums of products of these do not round, whatever the pass. */
  private float[] integers(long count, Conv2dGeometry geometry) {
    long terms = Math.max(geometry.weightElements(), geometry.outputElements());
    int limit = NumbersPolicy.integerLimit(4 * terms, Precision.FLOAT);
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-limit, limit + 1);
    }
    return values;
  }

  private float[] reals(long count) {
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat(-1, 1);
    }
    return values;
  }

  private static float[] filled(int count) {
    float[] values = new float[count];
    Arrays.fill(values, Float.NaN);
    return values;
  }

  /** Adding zero makes the two zeros one: a sum of zeros may have either sign. */
  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i] + 0.0;
    }
    return doubles;
  }

  private static MemorySegment segment(Arena arena, float[] values) {
    return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
  }
}

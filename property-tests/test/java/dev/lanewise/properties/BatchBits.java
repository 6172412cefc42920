// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;

/** The bits of a batch of arrays, to be those of all other ways to compute it. */
final class BatchBits {
  private final Conv2dGeometry geometry;
  private final float[] input;
  private final float[] weight;
  private final float[] bias;
  private final float[] output;
  private final float[] gradInput;

  BatchBits(Conv2dGeometry geometry) {
    this.geometry = geometry;
    input = reals(geometry.inputElements());
    weight = reals(geometry.weightElements());
    bias = reals(geometry.outChannels());
    output = new float[(int) geometry.outputElements()];
    gradInput = new float[input.length];
    run(Conv2d.of(geometry).build(), input, output, gradInput);
  }

  private void run(Conv2d conv, float[] input, float[] output, float[] gradInput) {
    float[] workspace = new float[conv.workspaceFloats()];
    conv.forward(input, weight, bias, output, workspace);
    conv.backwardInput(output, weight, gradInput, workspace);
  }

  /** By two threads. */
  void requireOfTwoThreads() {
    float[] outputs = new float[output.length];
    float[] gradInputs = new float[input.length];
    run(
        Conv2d.of(geometry).threads(ForkJoinPool.commonPool(), 2).build(),
        input,
        outputs,
        gradInputs);
    assertArrayEquals(output, outputs, "output of two threads");
    assertArrayEquals(gradInput, gradInputs, "gradInput of two threads");
  }

  /**
   * Image by image.
   *
   * @param one the geometry of a single image
   */
  void requireOfEachAlone(Conv2dGeometry one) {
    Conv2d conv = Conv2d.of(one).build();
    int batch = geometry.batch();
    for (int n = 0; n < batch; n++) {
      float[] outputs = new float[output.length / batch];
      float[] gradInputs = new float[input.length / batch];
      run(conv, image(input, batch, n), outputs, gradInputs);
      assertArrayEquals(image(output, batch, n), outputs, "output " + n);
      assertArrayEquals(image(gradInput, batch, n), gradInputs, "gradInput " + n);
    }
  }

  /** From and to native memory. */
  void requireOfNativeMemory() {
    Conv2d conv = Conv2d.of(geometry).build();
    float[] workspace = new float[conv.workspaceFloats()];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment weights = nativeOf(arena, weight);
      MemorySegment outputs = nativeOf(arena, new float[output.length]);
      conv.forward(nativeOf(arena, input), weights, nativeOf(arena, bias), outputs, workspace);
      assertArrayEquals(output, outputs.toArray(ValueLayout.JAVA_FLOAT), "output in native memory");
      MemorySegment gradInputs = nativeOf(arena, new float[input.length]);
      conv.backwardInput(outputs, weights, gradInputs, workspace);
      assertArrayEquals(
          gradInput, gradInputs.toArray(ValueLayout.JAVA_FLOAT), "gradInput in native memory");
    }
  }

  private static MemorySegment nativeOf(Arena arena, float[] values) {
    return arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
  }

  static float[] reals(long count) {
    Random random = new Random(count);
    float[] reals = new float[(int) count];
    for (int i = 0; i < reals.length; i++) {
      reals[i] = (float) random.nextGaussian();
    }
    return reals;
  }

  static float[] image(float[] all, int batch, int n) {
    int elements = all.length / batch;
    return Arrays.copyOfRange(all, n * elements, (n + 1) * elements);
  }
}

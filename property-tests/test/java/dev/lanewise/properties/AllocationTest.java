// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.conv.Activation;
import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.Fold;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.MaxPooling2x2;
import dev.lanewise.conv.PackedWeight;
import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.gemm.Gemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once compiled, no call allocates. The interpreter boxes every vector, so the calls go on until a
 * batch of them has allocated nothing; an allocation that stays never lets that happen.
 *
 * <p>A nightly test, because it waits for C2.
 */
@Tag("nightly")
class AllocationTest {
  private static final int BATCH = 10;
  private static final long MOST_NANOS = Duration.ofSeconds(30).toNanos();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Elements enough for any operand. */
  private static final int AMPLE = 1 << 13;

  private static final Conv2d CONV =
      Conv2d.of(Conv2dGeometry.input(2, 4, 9, 9).kernel(6, 3, 3).padding(1)).build();
  private static final ConvTranspose2d TRANSPOSED =
      ConvTranspose2d.of(ConvTranspose2dGeometry.input(2, 4, 9, 9).kernel(6, 3, 3).stride(2))
          .build();
  private static final UnfoldGeometry WINDOWS = UnfoldGeometry.image(2, 4, 9, 9).kernel(2, 2);
  private static final Unfold UNFOLD = Unfold.of(WINDOWS);
  private static final Fold FOLD = Fold.of(WINDOWS);
  private static final Gemm GEMM = Gemm.of(13, 33, 9).build();
  private static final float[] WORKSPACE =
      new float
          [Math.max(
              GEMM.workspaceFloats(),
              Math.max(CONV.workspaceFloats(), TRANSPOSED.workspaceFloats()))];

  /** What must not be optimised away. */
  private float[] kept;

  private record Pass(String name, Runnable call) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource({
    "passesOnArrays",
    "passesOnArraysThatEnd",
    "passesOnNativeMemory",
    "passesOfEveryAlgorithm"
  })
  void aCompiledCallAllocatesNothing(Pass pass) {
    long start = System.nanoTime();
    long least = Long.MAX_VALUE;
    while (least > 0 && System.nanoTime() - start < MOST_NANOS) {
      least = Math.min(least, allocatedByABatch(pass.call()));
    }
    assertEquals(0, least, "bytes in " + BATCH + " calls");
  }

  @Test
  void anAllocationWouldBeSeen() {
    long bytes = allocatedByABatch(() -> kept = new float[AMPLE]);
    assertTrue(bytes >= (long) BATCH * kept.length * Float.BYTES, bytes + " bytes");
  }

  private static long allocatedByABatch(Runnable call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < BATCH; i++) {
      call.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  static List<Pass> passesOnArrays() {
    float[] a = new float[AMPLE];
    float[] b = new float[AMPLE];
    float[] bias = new float[AMPLE];
    float[] to = new float[AMPLE];
    GradientMode add = GradientMode.ACCUMULATE;
    PackedWeight packed = CONV.packForBackwardInput(b);
    return List.of(
        new Pass("Conv2d.forward", () -> CONV.forward(a, b, bias, to, WORKSPACE)),
        new Pass("Conv2d.backwardInput", () -> CONV.backwardInput(a, b, to, WORKSPACE)),
        new Pass(
            "Conv2d.backwardInput, packed weight",
            () -> CONV.backwardInput(a, packed, to, WORKSPACE)),
        new Pass("Conv2d.backwardWeight", () -> CONV.backwardWeight(a, b, to, add, WORKSPACE)),
        new Pass("Conv2d.backwardBias", () -> CONV.backwardBias(a, to, add)),
        new Pass("ConvTranspose2d.forward", () -> TRANSPOSED.forward(a, b, bias, to, WORKSPACE)),
        new Pass(
            "ConvTranspose2d.backwardInput", () -> TRANSPOSED.backwardInput(a, b, to, WORKSPACE)),
        new Pass(
            "ConvTranspose2d.backwardWeight",
            () -> TRANSPOSED.backwardWeight(a, b, to, add, WORKSPACE)),
        new Pass("ConvTranspose2d.backwardBias", () -> TRANSPOSED.backwardBias(a, to, add)),
        new Pass("Unfold.forward", () -> UNFOLD.forward(a, to)),
        new Pass("Unfold.backward", () -> UNFOLD.backward(a, to)),
        new Pass("Fold.forward", () -> FOLD.forward(a, to)),
        new Pass("Fold.backward", () -> FOLD.backward(a, to)),
        new Pass("Gemm.multiply", () -> GEMM.multiply(2, a, b, 1, to, WORKSPACE)));
  }

  /** The last vector of a row then would reach behind the array. */
  static List<Pass> passesOnArraysThatEnd() {
    float[] a = new float[AMPLE];
    float[] gradWeight = new float[(int) CONV.geometry().weightElements()];
    float[] product = new float[13 * 33];
    float[] planes = new float[2 * 6 * 9];
    float[] halved = new float[2 * 3 * 4];
    float[] gradPlanes = planes.clone();
    GradientMode add = GradientMode.ACCUMULATE;
    MaxPooling2x2 pooling = MaxPooling2x2.of(2, 6, 9);
    return List.of(
        new Pass(
            "Conv2d.backwardWeight, end",
            () -> CONV.backwardWeight(a, a, gradWeight, add, WORKSPACE)),
        new Pass("Gemm.multiply, end", () -> GEMM.multiply(2, a, a, 1, product, WORKSPACE)),
        new Pass("MaxPooling2x2.forward, end", () -> pooling.forward(planes, halved)),
        new Pass(
            "MaxPooling2x2.backward, end",
            () -> pooling.backward(planes, halved, halved, gradPlanes)));
  }

  static List<Pass> passesOnNativeMemory() {
    MemorySegment a = outside(AMPLE);
    MemorySegment b = outside(AMPLE);
    MemorySegment bias = outside(AMPLE);
    MemorySegment to = outside(AMPLE);
    GradientMode add = GradientMode.ACCUMULATE;
    Gemm square = Gemm.of(64, 64, 64).build();
    float[] workspace = new float[square.workspaceFloats()];
    return List.of(
        new Pass(
            "Gemm.multiply in place, native", () -> square.multiply(1, a, b, 0, to, workspace)),
        new Pass("Conv2d.forward, native", () -> CONV.forward(a, b, bias, to, WORKSPACE)),
        new Pass("Conv2d.backwardInput, native", () -> CONV.backwardInput(a, b, to, WORKSPACE)),
        new Pass(
            "Conv2d.backwardWeight, native", () -> CONV.backwardWeight(a, b, to, add, WORKSPACE)),
        new Pass("Conv2d.backwardBias, native", () -> CONV.backwardBias(a, to, add)),
        new Pass(
            "ConvTranspose2d.forward, native", () -> TRANSPOSED.forward(a, b, bias, to, WORKSPACE)),
        new Pass(
            "ConvTranspose2d.backwardInput, native",
            () -> TRANSPOSED.backwardInput(a, b, to, WORKSPACE)),
        new Pass(
            "ConvTranspose2d.backwardWeight, native",
            () -> TRANSPOSED.backwardWeight(a, b, to, add, WORKSPACE)),
        new Pass("ConvTranspose2d.backwardBias, native", () -> TRANSPOSED.backwardBias(a, to, add)),
        new Pass("Unfold.forward, native", () -> UNFOLD.forward(a, to)),
        new Pass("Unfold.backward, native", () -> UNFOLD.backward(a, to)),
        new Pass("Fold.forward, native", () -> FOLD.forward(a, to)),
        new Pass("Fold.backward, native", () -> FOLD.backward(a, to)),
        new Pass("Gemm.multiply, native", () -> GEMM.multiply(2, a, b, 1, to, WORKSPACE)));
  }

  /** Layers large enough for the algorithms that networks get. */
  static List<Pass> passesOfEveryAlgorithm() {
    Conv2dGeometry square = Conv2dGeometry.input(1, 32, 14, 14);
    return Stream.of(
            square.kernel(64, 1, 1),
            square.kernel(64, 3, 3).padding(1),
            square.kernel(64, 3, 3).padding(1).stride(2),
            square.kernel(64, 3, 3).padding(2).dilation(2),
            square.kernel(32, 3, 3).padding(1).groups(32),
            square.kernel(32, 5, 5).padding(2).stride(2).groups(32),
            Conv2dGeometry.input(1, 3, 42, 42).kernel(64, 7, 7).padding(3).stride(2),
            Conv2dGeometry.input(4, 1, 28, 28).kernel(10, 3, 3),
            Conv2dGeometry.input(20, 10, 12, 12).kernel(20, 5, 5))
        .flatMap(
            geometry ->
                Stream.concat(
                    nativePasses(geometry),
                    Arrays.stream(Arithmetic.values())
                        .flatMap(arithmetic -> passes(geometry, arithmetic))))
        .toList();
  }

  private static Stream<Pass> passes(Conv2dGeometry geometry, Arithmetic arithmetic) {
    Conv2d conv = Conv2d.of(geometry).arithmetic(arithmetic).build();
    String name = geometry + ", " + arithmetic;
    float[] input = new float[1 << 15];
    float[] weight = new float[1 << 15];
    float[] output = new float[1 << 15];
    float[] workspace = new float[conv.workspaceFloats()];
    PackedWeight forward = conv.pack(weight);
    PackedWeight backward = conv.packForBackwardInput(weight);
    return Stream.of(
        new Pass(
            name + " forward", () -> conv.forward(input, forward, null, null, output, workspace)),
        new Pass(
            name + " backwardInput", () -> conv.backwardInput(output, backward, input, workspace)),
        new Pass(
            name + " backwardWeight",
            () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace)));
  }

  private static Stream<Pass> nativePasses(Conv2dGeometry geometry) {
    Conv2d conv = Conv2d.of(geometry).activation(Activation.relu()).build();
    MemorySegment input = outside(1 << 15);
    MemorySegment weight = outside(1 << 15);
    MemorySegment residual = outside(1 << 15);
    MemorySegment output = outside(1 << 15);
    float[] workspace = new float[conv.workspaceFloats()];
    PackedWeight forward = conv.pack(weight);
    return Stream.of(
        new Pass(
            geometry + " forward, native",
            () -> conv.forward(input, forward, null, residual, output, workspace)),
        new Pass(
            geometry + " backwardInput, native",
            () -> conv.backwardInput(output, weight, input, workspace)),
        new Pass(
            geometry + " backwardWeight, native",
            () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace)));
  }

  private static MemorySegment outside(int elements) {
    return Arena.ofAuto().allocate((long) elements * Float.BYTES, Float.BYTES);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.PackedWeight;
import dev.lanewise.gemm.Gemm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;

/** Lanewise on memory segments, where {@link LanewiseContender} has arrays. */
final class LanewiseSegments implements Contender {
  private final LanewisePlans plans;
  private final Function<float[], MemorySegment> memory;

  private LanewiseSegments(int threads, Function<float[], MemorySegment> memory) {
    this.plans = new LanewisePlans(Arithmetic.EXACT_SUM, threads);
    this.memory = memory;
  }

  static LanewiseSegments heap(int threads) {
    return new LanewiseSegments(threads, MemorySegment::ofArray);
  }

  static LanewiseSegments offHeap(int threads) {
    return new LanewiseSegments(
        threads, values -> Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, values));
  }

  @Override
  public boolean canSolve(Task task) {
    return true;
  }

  @Override
  public Entry enter(Problem problem) {
    MemorySegment input = memory.apply(problem.input());
    MemorySegment weight = memory.apply(problem.weight());
    MemorySegment output = memory.apply(problem.output());
    Task task = problem.task();
    Runnable call =
        switch (task.operator()) {
          case CONV2D -> conv2d(task, input, weight, output);
          case CONV_TRANSPOSE2D -> convTranspose2d(task, input, weight, output);
          case GEMM -> product(task, input, weight, output);
        };
    MemorySegment result =
        switch (task.pass()) {
          case FORWARD -> output;
          case BACKWARD_INPUT -> input;
          case BACKWARD_WEIGHT -> weight;
        };
    return new SegmentEntry(call, result);
  }

  private Runnable conv2d(
      Task task, MemorySegment input, MemorySegment weight, MemorySegment output) {
    Conv2d conv = plans.conv2d(task);
    float[] workspace = new float[conv.workspaceFloats()];
    return switch (task.pass()) {
      case FORWARD -> {
        PackedWeight packed = conv.pack(weight);
        yield () -> conv.forward(input, packed, null, null, output, workspace);
      }
      case BACKWARD_INPUT -> {
        PackedWeight packed = conv.packForBackwardInput(weight);
        yield () -> conv.backwardInput(output, packed, input, workspace);
      }
      case BACKWARD_WEIGHT ->
          () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
    };
  }

  private Runnable convTranspose2d(
      Task task, MemorySegment input, MemorySegment weight, MemorySegment output) {
    ConvTranspose2d conv = plans.convTranspose2d(task);
    float[] workspace = new float[conv.workspaceFloats()];
    return switch (task.pass()) {
      case FORWARD -> {
        PackedWeight packed = conv.pack(weight);
        yield () -> conv.forward(input, packed, null, null, output, workspace);
      }
      case BACKWARD_INPUT -> {
        PackedWeight packed = conv.packForBackwardInput(weight);
        yield () -> conv.backwardInput(output, packed, input, workspace);
      }
      case BACKWARD_WEIGHT ->
          () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
    };
  }

  private static Runnable product(Task task, MemorySegment a, MemorySegment b, MemorySegment c) {
    Gemm product = LanewisePlans.product(task);
    float[] workspace = new float[product.workspaceFloats()];
    return () -> product.multiply(1, a, b, 0, c, workspace);
  }

  private record SegmentEntry(Runnable call, MemorySegment segment) implements Entry {
    @Override
    public void run() {
      call.run();
    }

    @Override
    public boolean compilesWhileRunning() {
      return true;
    }

    @Override
    public float[] result() {
      return segment.toArray(ValueLayout.JAVA_FLOAT);
    }
  }
}

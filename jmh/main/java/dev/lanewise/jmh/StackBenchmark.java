// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.jmh.shapes.ShapeFile;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A layer called from so many frames further up the stack. All scores must be alike: a kernel that
 * keeps sums on the stack is slow where they lie across cache lines, which the frames of the
 * callers decide.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class StackBenchmark {
  /** Names of layers. */
  @Param({"resnet-1x1-1024-256@14", "dilated-3x3d2-256-256@28"})
  public String conv2d;

  /** Neighbours often begin at the same place of a line. */
  @Param({"0", "2", "4", "6"})
  public int frames;

  private Conv2d plan;
  private float[] input;
  private float[] weight;
  private float[] output;
  private float[] workspace;

  @Setup
  public void fill() {
    Conv2dGeometry geometry = ShapeFile.allConv2d().get(conv2d).conv2d();
    Operands operands = new Operands();
    plan = Conv2d.of(geometry).forwardOnly().build();
    input = operands.next(geometry.inputElements());
    weight = operands.next(geometry.weightElements());
    output = new float[(int) geometry.outputElements()];
    workspace = new float[plan.workspaceFloats()];
  }

  @Benchmark
  public float[] forward() {
    return below(frames);
  }

  private float[] below(int frames) {
    if (frames > 0) {
      return below(frames - 1);
    }
    plan.forward(input, weight, null, output, workspace);
    return output;
  }
}

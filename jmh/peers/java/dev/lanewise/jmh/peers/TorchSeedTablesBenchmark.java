// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.Operands;
import dev.lanewise.jmh.seeds.SeedTable;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
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

/** The rows of Tables I to IV of seed 004 by PyTorch, with its autograd. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsPrepend = {
      "--add-modules=jdk.incubator.vector",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class TorchSeedTablesBenchmark {
  private static final long[] ONE = {1, 1};
  private static final long[] PADDING = {SeedTable.KERNEL / 2, SeedTable.KERNEL / 2};

  /** Which table. */
  @Param public SeedTable table;

  /** Samples and channels. */
  @Param({"10x8", "10x16", "100x16"})
  public String size;

  /** How many threads PyTorch may use. */
  @Param("1")
  public int threads;

  private Tensor input;
  private Tensor weight;
  private Tensor target;

  /** Makes the operands. */
  @Setup
  public void prepare() {
    torch.set_num_threads(threads);
    SeedTable.Size row = SeedTable.Size.parse(size);
    Operands operands = new Operands();
    input = create(operands, row.samples(), row.channels(), SeedTable.SIDE, SeedTable.SIDE);
    weight = create(operands, row.channels(), row.channels(), SeedTable.KERNEL, SeedTable.KERNEL);
    target = create(operands, row.samples(), row.channels(), table.outSide(), table.outSide());
    input.set_requires_grad(table.backward());
    weight.set_requires_grad(table.backward());
  }

  private static Tensor create(Operands operands, long... shape) {
    long elements = 1;
    for (long axis : shape) {
      elements *= axis;
    }
    return Tensor.create(operands.next(elements), shape);
  }

  /** PyTorch's functions. */
  @Benchmark
  public void pytorch() {
    try (PointerScope scope = new PointerScope();
        AutoGradMode graph = new AutoGradMode(table.backward())) {
      Tensor output =
          table.convolution()
              ? torch.conv2d(input, weight, new TensorOptional(), ONE, PADDING, ONE, 1)
              : torch.upsample_nearest2d(input, table.outSide(), table.outSide());
      if (table.backward()) {
        torch.mse_loss(output, target).backward();
        input.mutable_grad().reset();
        weight.mutable_grad().reset();
      }
    }
  }
}

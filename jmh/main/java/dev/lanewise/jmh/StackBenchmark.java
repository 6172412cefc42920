// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.jmh.naive.NaiveConvolution;
import dev.lanewise.jmh.peak.Work;
import dev.lanewise.jmh.shapes.ShapeFile;
import org.openjdk.jmh.annotations.Param;

/**
 * The forward of a layer, called from so many frames further up the stack. All shares must be
 * alike: a kernel that keeps sums on the stack is slow where they lie across cache lines, which the
 * frames of the callers decide.
 */
public class StackBenchmark extends OperatorBenchmark {
  /** Names of layers. */
  @Param({"resnet-1x1-1024-256@14", "dilated-3x3d2-256-256@28"})
  public String layer;

  /** Neighbours often begin at the same place of a line. */
  @Param({"0", "2", "4", "6"})
  public int frames;

  @Override
  Contest contest() {
    Conv2dGeometry geometry = ShapeFile.allConv2d().get(layer).conv2d();
    Conv2d conv = Conv2d.of(geometry).forwardOnly().build();
    NaiveConvolution loops = new NaiveConvolution(geometry);
    Operands operands = new Operands();
    float[] input = operands.next(geometry.inputElements());
    float[] weight = operands.next(geometry.weightElements());
    float[] output = operands.next(geometry.outputElements());
    float[] workspace = new float[conv.workspaceFloats()];
    return new Contest(
        Work.multiplyAdds(geometry.multiplyAdds()),
        output,
        () -> below(frames, () -> conv.forward(input, weight, null, output, workspace)),
        () -> loops.forward(input, weight, output));
  }

  private static void below(int frames, Runnable call) {
    if (frames > 0) {
      below(frames - 1, call);
    } else {
      call.run();
    }
  }
}

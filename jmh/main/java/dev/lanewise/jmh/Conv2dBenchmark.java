// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.jmh.naive.NaiveConvolution;
import dev.lanewise.jmh.peak.Work;
import dev.lanewise.jmh.shapes.ShapeFile;
import org.openjdk.jmh.annotations.Param;

/** {@link Conv2d} on the layers of {@link ShapeFile#conv2d()}, without bias. */
public class Conv2dBenchmark extends OperatorBenchmark {
  @Param public Pass pass;

  /** The name of a layer; {@link Main} fills in all of them. */
  @Param({})
  public String conv2d;

  @Override
  Contest contest() {
    Conv2dGeometry geometry = ShapeFile.allConv2d().get(conv2d).conv2d();
    Work work = Work.multiplyAdds(geometry.multiplyAdds());
    Conv2d conv = Conv2d.of(geometry).build();
    NaiveConvolution loops = new NaiveConvolution(geometry);
    Operands operands = new Operands();
    float[] input = operands.next(geometry.inputElements());
    float[] weight = operands.next(geometry.weightElements());
    float[] output = operands.next(geometry.outputElements());
    float[] workspace = new float[conv.workspaceFloats()];
    return switch (pass) {
      case FORWARD ->
          new Contest(
              work,
              output,
              () -> conv.forward(input, weight, null, output, workspace),
              () -> loops.forward(input, weight, output));
      case BACKWARD_INPUT ->
          new Contest(
              work,
              input,
              () -> conv.backwardInput(output, weight, input, workspace),
              () -> loops.backwardInput(output, weight, input));
      case BACKWARD_WEIGHT ->
          new Contest(
              work,
              weight,
              () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace),
              () -> loops.backwardWeight(input, output, weight));
    };
  }
}

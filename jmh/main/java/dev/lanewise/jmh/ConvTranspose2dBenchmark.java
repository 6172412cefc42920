// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.jmh.naive.NaiveConvolution;
import dev.lanewise.jmh.peak.Work;
import dev.lanewise.jmh.shapes.ShapeFile;
import org.openjdk.jmh.annotations.Param;

/** {@link ConvTranspose2d} on the layers of {@link ShapeFile#convTranspose2d()}, without bias. */
public class ConvTranspose2dBenchmark extends OperatorBenchmark {
  @Param public Pass pass;

  /** The name of a layer; {@link Main} fills in all of them. */
  @Param({})
  public String convTranspose2d;

  @Override
  Contest contest() {
    ConvTranspose2dGeometry geometry =
        ShapeFile.allConvTranspose2d().get(convTranspose2d).convTranspose2d();
    Work work = Work.multiplyAdds(geometry.multiplyAdds());
    ConvTranspose2d conv = ConvTranspose2d.of(geometry).build();
    NaiveConvolution loops = NaiveConvolution.adjointOf(geometry);
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
              () -> loops.backwardInput(input, weight, output));
      case BACKWARD_INPUT ->
          new Contest(
              work,
              input,
              () -> conv.backwardInput(output, weight, input, workspace),
              () -> loops.forward(output, weight, input));
      case BACKWARD_WEIGHT ->
          new Contest(
              work,
              weight,
              () -> conv.backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace),
              () -> loops.backwardWeight(output, input, weight));
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh;

import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.jmh.peak.Work;
import dev.lanewise.jmh.shapes.ShapeFile;
import org.openjdk.jmh.annotations.Param;

/** What Unfold and Fold share: the windows of some layers of {@link ShapeFile#conv2d()}. */
public abstract class WindowsBenchmark extends OperatorBenchmark {
  @Param({
    "resnet-7x7s2-3-64@224",
    "resnet-3x3-64-64@56",
    "resnet-3x3-512-512@7",
    "resnet-3x3s2-128-128@56",
    "mnist-3x3-1-10@28-N64",
    "paper-3x3-16-16@32-N10"
  })
  public String windows;

  @Override
  final Contest contest() {
    UnfoldGeometry geometry = ShapeFile.allConv2d().get(windows).unfold();
    Operands operands = new Operands();
    return contest(
        geometry,
        Work.moves(geometry.imageElements() + geometry.columnElements()),
        operands.next(geometry.imageElements()),
        operands.next(geometry.columnElements()));
  }

  abstract Contest contest(UnfoldGeometry geometry, Work work, float[] image, float[] columns);
}

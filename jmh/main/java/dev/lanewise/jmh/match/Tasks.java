// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import dev.lanewise.jmh.Pass;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.shapes.GemmShape;
import dev.lanewise.jmh.shapes.ShapeFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The tasks of a match. */
final class Tasks {
  private Tasks() {}

  /**
   * The short list: every operator and pass on the layers and products that are always measured.
   */
  static List<Task> usual() {
    List<Task> tasks = new ArrayList<>();
    add(tasks, Operator.CONV2D, ShapeFile.conv2d());
    add(tasks, Operator.CONV_TRANSPOSE2D, ShapeFile.convTranspose2d());
    for (GemmShape product : GemmShape.usual()) {
      tasks.add(new Task(Operator.GEMM, Pass.FORWARD, product.toString()));
    }
    return tasks;
  }

  /** Those, and the layers of whole networks. */
  static List<Task> all() {
    List<Task> tasks = usual();
    add(tasks, Operator.CONV2D, ShapeFile.allConv2d());
    add(tasks, Operator.CONV_TRANSPOSE2D, ShapeFile.allConvTranspose2d());
    return tasks.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
  }

  private static void add(List<Task> tasks, Operator operator, ShapeFile file) {
    for (Pass pass : Pass.values()) {
      for (String name : file.names()) {
        tasks.add(new Task(operator, pass, name));
      }
    }
  }
}

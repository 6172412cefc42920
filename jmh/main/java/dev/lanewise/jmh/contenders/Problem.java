// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.jmh.Operands;
import dev.lanewise.jmh.shapes.GemmShape;

/**
 * A task with its operands: NCHW activations, OIHW weights (IOHW of a transposed convolution), row
 * major matrices. The pass decides which of the three arrays is the result; the other two are
 * filled with {@linkplain Operands small whole numbers}, the same in every process, so that all
 * contenders must agree bit for bit.
 *
 * @param input the input or its gradient; m×k matrix A
 * @param weight the weight or its gradient; k×n matrix B
 * @param output the output or its gradient; m×n matrix C
 */
public record Problem(Task task, float[] input, float[] weight, float[] output) {
  public static Problem of(Task task) {
    Operands operands = new Operands();
    return switch (task.operator()) {
      case CONV2D -> {
        Conv2dGeometry geometry = task.layer().conv2d();
        yield new Problem(
            task,
            operands.next(geometry.inputElements()),
            operands.next(geometry.weightElements()),
            operands.next(geometry.outputElements()));
      }
      case CONV_TRANSPOSE2D -> {
        ConvTranspose2dGeometry geometry = task.layer().convTranspose2d();
        yield new Problem(
            task,
            operands.next(geometry.inputElements()),
            operands.next(geometry.weightElements()),
            operands.next(geometry.outputElements()));
      }
      case GEMM -> {
        GemmShape product = task.product();
        yield new Problem(
            task,
            operands.next((long) product.m() * product.k()),
            operands.next((long) product.k() * product.n()),
            operands.next((long) product.m() * product.n()));
      }
    };
  }

  /** The array that the pass computes. */
  public float[] result() {
    return switch (task.pass()) {
      case FORWARD -> output;
      case BACKWARD_INPUT -> input;
      case BACKWARD_WEIGHT -> weight;
    };
  }
}

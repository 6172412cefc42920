// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.jmh.Pass;
import dev.lanewise.jmh.shapes.ConvolutionShape;
import dev.lanewise.jmh.shapes.GemmShape;
import dev.lanewise.jmh.shapes.ShapeFile;

/**
 * What the contenders compute: one pass of an operator on one shape. It is written as its three
 * parts between blanks, {@code Conv2d FORWARD resnet-3x3-64-64@56}.
 *
 * @param pass {@link Pass#FORWARD} for a matrix product
 * @param shape a name of the operator's {@link ShapeFile}, or M×N×K of a matrix product
 */
public record Task(Operator operator, Pass pass, String shape) {
  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Task parse(String text) {
    String[] parts = text.split(" ");
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "task: needs operator, pass and shape, but is '" + text + "'");
    }
    for (Operator operator : Operator.values()) {
      if (operator.toString().equals(parts[0])) {
        return new Task(operator, Pass.valueOf(parts[1]), parts[2]);
      }
    }
    throw new IllegalArgumentException("task: there is no operator '" + parts[0] + "'");
  }

  /** The layer, of the two convolutions. */
  public ConvolutionShape layer() {
    return switch (operator) {
      case CONV2D -> ShapeFile.allConv2d().get(shape);
      case CONV_TRANSPOSE2D -> ShapeFile.allConvTranspose2d().get(shape);
      case GEMM -> throw new IllegalStateException("a matrix product has no layer");
    };
  }

  /** The sizes of a matrix product. */
  public GemmShape product() {
    return GemmShape.parse(shape);
  }

  /** The multiply-adds of one call, those with padding included. */
  public long multiplyAdds() {
    return switch (operator) {
      case CONV2D -> layer().conv2d().multiplyAdds();
      case CONV_TRANSPOSE2D -> layer().convTranspose2d().multiplyAdds();
      case GEMM -> (long) product().m() * product().n() * product().k();
    };
  }

  /** The elements of input, weight and output: each must move between memory and core once. */
  public long elements() {
    return switch (operator) {
      case CONV2D -> {
        Conv2dGeometry geometry = layer().conv2d();
        yield geometry.inputElements() + geometry.weightElements() + geometry.outputElements();
      }
      case CONV_TRANSPOSE2D -> {
        ConvTranspose2dGeometry geometry = layer().convTranspose2d();
        yield geometry.inputElements() + geometry.weightElements() + geometry.outputElements();
      }
      case GEMM -> {
        GemmShape sizes = product();
        long m = sizes.m();
        long n = sizes.n();
        long k = sizes.k();
        yield m * k + k * n + m * n;
      }
    };
  }

  @Override
  public String toString() {
    return operator + " " + pass + " " + shape;
  }
}

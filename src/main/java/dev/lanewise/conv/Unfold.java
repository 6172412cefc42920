// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.memory.FloatOperands;
import java.lang.foreign.MemorySegment;

/**
 * im2col: copies every window of {@code float} NCHW images into a column of a matrix, PyTorch's
 * {@code Unfold}.
 *
 * <pre>
 *   columns[n][(c·KH + kh)·KW + kw][oh·OW + ow] =
 *       image[n][c][oh·strideHeight + kh·dilationHeight − top][ow·strideWidth + kw·dilationWidth − left]
 * </pre>
 *
 * <p>Outside the image it reads what the padding says. Its gradient is {@link Fold}.
 *
 * <p>A plan: immutable and thread-safe. Compiled, a call allocates nothing, unless an operand is a
 * read-only heap segment; all checks happen before the first write.
 *
 * <p>Source: Chellapilla, Puri and Simard, High Performance Convolutional Neural Networks for
 * Document Processing, 2006.
 */
public final class Unfold {
  private final FloatColumns plan;

  private Unfold(UnfoldGeometry geometry) {
    plan = new FloatColumns(geometry, geometry.columns());
  }

  /**
   * Makes the plan.
   *
   * @param geometry the sizes
   * @return the plan
   * @throws IllegalArgumentException if the parts of the geometry do not fit together
   */
  public static Unfold of(UnfoldGeometry geometry) {
    return new Unfold(geometry);
  }

  /**
   * The sizes this plan was built for.
   *
   * @return the geometry
   */
  public UnfoldGeometry geometry() {
    return plan.geometry();
  }

  /**
   * Copies the windows of the images into the columns of matrices.
   *
   * @param image N×C×H×W
   * @param columns N×(C·KH·KW)×L, overwritten
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(float[] image, float[] columns) {
    forward(image, 0, columns, 0);
  }

  /**
   * Copies the windows of the images into the columns of matrices, each operand from an offset on.
   *
   * @param image holds N×C×H×W
   * @param imageOffset its first element
   * @param columns holds N×(C·KH·KW)×L, overwritten
   * @param columnsOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(float[] image, int imageOffset, float[] columns, int columnsOffset) {
    FloatOperands.require("image", image, imageOffset, plan.imageElements(), plan.geometry());
    FloatOperands.require(
        "columns", columns, columnsOffset, plan.columnElements(), plan.geometry());
    plan.unfold("image", image, imageOffset, "columns", columns, columnsOffset);
  }

  /**
   * Copies the windows of the images into the columns of matrices, each operand in heap or native
   * memory.
   *
   * @param image N×C×H×W
   * @param columns N×(C·KH·KW)×L, overwritten
   * @throws IllegalArgumentException if an operand is too short or read-only, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(MemorySegment image, MemorySegment columns) {
    FloatOperands.require("image", image, plan.imageElements(), plan.geometry());
    FloatOperands.require("columns", columns, plan.columnElements(), plan.geometry());
    FloatOperands.requireWritable("columns", columns);
    plan.unfold(
        "image",
        FloatMemory.of(image),
        FloatMemory.offset(image),
        "columns",
        FloatMemory.of(columns),
        FloatMemory.offset(columns));
  }

  /**
   * Adds up the columns' gradients at the elements they were copied from.
   *
   * @param gradColumns N×(C·KH·KW)×L
   * @param gradImage N×C×H×W, overwritten
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void backward(float[] gradColumns, float[] gradImage) {
    backward(gradColumns, 0, gradImage, 0);
  }

  /**
   * Adds up the columns' gradients at the elements they were copied from, each operand from an
   * offset on.
   *
   * @param gradColumns holds N×(C·KH·KW)×L
   * @param gradColumnsOffset its first element
   * @param gradImage holds N×C×H×W, overwritten
   * @param gradImageOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void backward(
      float[] gradColumns, int gradColumnsOffset, float[] gradImage, int gradImageOffset) {
    FloatOperands.require(
        "gradColumns", gradColumns, gradColumnsOffset, plan.columnElements(), plan.geometry());
    FloatOperands.require(
        "gradImage", gradImage, gradImageOffset, plan.imageElements(), plan.geometry());
    plan.fold(
        "gradColumns", gradColumns, gradColumnsOffset, "gradImage", gradImage, gradImageOffset);
  }

  /**
   * Adds up the columns' gradients at the elements they were copied from, each operand in heap or
   * native memory.
   *
   * @param gradColumns N×(C·KH·KW)×L
   * @param gradImage N×C×H×W, overwritten
   * @throws IllegalArgumentException if an operand is too short or read-only, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void backward(MemorySegment gradColumns, MemorySegment gradImage) {
    FloatOperands.require("gradColumns", gradColumns, plan.columnElements(), plan.geometry());
    FloatOperands.require("gradImage", gradImage, plan.imageElements(), plan.geometry());
    FloatOperands.requireWritable("gradImage", gradImage);
    plan.fold(
        "gradColumns",
        FloatMemory.of(gradColumns),
        FloatMemory.offset(gradColumns),
        "gradImage",
        FloatMemory.of(gradImage),
        FloatMemory.offset(gradImage));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.memory.FloatOperands;
import java.lang.foreign.MemorySegment;

/**
 * col2im: adds every column of {@code float} matrices to the window of an NCHW image that it stands
 * for, PyTorch's {@code Fold}. The adjoint of {@link Unfold}, and its gradient; not its inverse,
 * for elements in several windows are summed.
 *
 * <pre>
 *   image[n][c][oh·strideHeight + kh·dilationHeight − top][ow·strideWidth + kw·dilationWidth − left]
 *       += columns[n][(c·KH + kh)·KW + kw][oh·OW + ow]
 * </pre>
 *
 * <p>What falls on constant padding is dropped; what falls on a mirrored or repeated element is
 * added to it.
 *
 * <p>A plan: immutable and thread-safe. Compiled, a call allocates nothing, unless an operand is a
 * read-only heap segment; all checks happen before the first write.
 */
public final class Fold {
  private final FloatColumns plan;

  private Fold(UnfoldGeometry geometry) {
    ColumnShape shape = geometry.columns();
    // What falls on padding is dropped, so its gradient is 0 whatever the padding holds.
    plan =
        new FloatColumns(
            geometry, new ColumnShape(shape.channels(), shape.vertical(), shape.horizontal(), 0));
  }

  /**
   * Makes the plan.
   *
   * @param geometry the sizes
   * @return the plan
   * @throws IllegalArgumentException if the parts of the geometry do not fit together
   */
  public static Fold of(UnfoldGeometry geometry) {
    return new Fold(geometry);
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
   * Sums the columns of the matrices into images.
   *
   * @param columns N×(C·KH·KW)×L
   * @param image N×C×H×W, overwritten
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(float[] columns, float[] image) {
    forward(columns, 0, image, 0);
  }

  /**
   * Sums the columns of the matrices into images, each operand from an offset on.
   *
   * @param columns holds N×(C·KH·KW)×L
   * @param columnsOffset its first element
   * @param image holds N×C×H×W, overwritten
   * @param imageOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(float[] columns, int columnsOffset, float[] image, int imageOffset) {
    FloatOperands.require(
        "columns", columns, columnsOffset, plan.columnElements(), plan.geometry());
    FloatOperands.require("image", image, imageOffset, plan.imageElements(), plan.geometry());
    plan.fold("columns", columns, columnsOffset, "image", image, imageOffset);
  }

  /**
   * Sums the columns of the matrices into images, each operand in heap or native memory.
   *
   * @param columns N×(C·KH·KW)×L
   * @param image N×C×H×W, overwritten
   * @throws IllegalArgumentException if an operand is too short or read-only, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void forward(MemorySegment columns, MemorySegment image) {
    FloatOperands.require("columns", columns, plan.columnElements(), plan.geometry());
    FloatOperands.require("image", image, plan.imageElements(), plan.geometry());
    FloatOperands.requireWritable("image", image);
    plan.fold(
        "columns",
        FloatMemory.of(columns),
        FloatMemory.offset(columns),
        "image",
        FloatMemory.of(image),
        FloatMemory.offset(image));
  }

  /**
   * Copies the images' gradients into the columns that were added to them.
   *
   * @param gradImage N×C×H×W
   * @param gradColumns N×(C·KH·KW)×L, overwritten
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void backward(float[] gradImage, float[] gradColumns) {
    backward(gradImage, 0, gradColumns, 0);
  }

  /**
   * Copies the images' gradients into the columns that were added to them, each operand from an
   * offset on.
   *
   * @param gradImage holds N×C×H×W
   * @param gradImageOffset its first element
   * @param gradColumns holds N×(C·KH·KW)×L, overwritten
   * @param gradColumnsOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void backward(
      float[] gradImage, int gradImageOffset, float[] gradColumns, int gradColumnsOffset) {
    FloatOperands.require(
        "gradImage", gradImage, gradImageOffset, plan.imageElements(), plan.geometry());
    FloatOperands.require(
        "gradColumns", gradColumns, gradColumnsOffset, plan.columnElements(), plan.geometry());
    plan.unfold(
        "gradImage", gradImage, gradImageOffset, "gradColumns", gradColumns, gradColumnsOffset);
  }

  /**
   * Copies the images' gradients into the columns that were added to them, each operand in heap or
   * native memory.
   *
   * @param gradImage N×C×H×W
   * @param gradColumns N×(C·KH·KW)×L, overwritten
   * @throws IllegalArgumentException if an operand is too short or read-only, or the two overlap
   * @throws NullPointerException if an operand is null
   */
  public void backward(MemorySegment gradImage, MemorySegment gradColumns) {
    FloatOperands.require("gradImage", gradImage, plan.imageElements(), plan.geometry());
    FloatOperands.require("gradColumns", gradColumns, plan.columnElements(), plan.geometry());
    FloatOperands.requireWritable("gradColumns", gradColumns);
    plan.unfold(
        "gradImage",
        FloatMemory.of(gradImage),
        FloatMemory.offset(gradImage),
        "gradColumns",
        FloatMemory.of(gradColumns),
        FloatMemory.offset(gradColumns));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.im2col.FloatCol2im;
import dev.lanewise.internal.conv.im2col.FloatIm2col;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.memory.FloatOperands;

/**
 * Images and their col matrices, in both directions: what {@link Unfold} and {@link Fold} share.
 */
final class FloatColumns {
  private final UnfoldGeometry geometry;
  private final ColumnShape shape;
  private final long imageElements;
  private final long columnElements;
  private final FloatIm2col im2col;
  private final FloatCol2im col2im;

  /**
   * Prepares both directions.
   *
   * @param shape the geometry's, or one that differs from it in the padding value
   */
  FloatColumns(UnfoldGeometry geometry, ColumnShape shape) {
    this.geometry = geometry;
    this.shape = shape;
    imageElements = geometry.imageElements();
    columnElements = geometry.columnElements();
    im2col = new FloatIm2col(shape);
    col2im = new FloatCol2im(shape);
  }

  UnfoldGeometry geometry() {
    return geometry;
  }

  long imageElements() {
    return imageElements;
  }

  long columnElements() {
    return columnElements;
  }

  /** col = im2col(image). */
  void unfold(
      String imageName,
      Object image,
      long imageOffset,
      String columnsName,
      Object columns,
      long columnsOffset) {
    FloatOperands.requireApart(
        imageName,
        image,
        imageOffset,
        imageElements,
        columnsName,
        columns,
        columnsOffset,
        columnElements);
    for (int n = 0; n < geometry.batch(); n++) {
      long from = imageOffset + n * image();
      long to = columnsOffset + n * matrix();
      for (int row = 0; row < shape.rows(); row++, to += shape.windows()) {
        im2col.row(image, from, row, 0, shape.windows(), columns, to);
      }
    }
  }

  /** image = col2im(col). */
  void fold(
      String columnsName,
      Object columns,
      long columnsOffset,
      String imageName,
      Object image,
      long imageOffset) {
    FloatOperands.requireApart(
        columnsName,
        columns,
        columnsOffset,
        columnElements,
        imageName,
        image,
        imageOffset,
        imageElements);
    FloatMemory.fill(image, imageOffset, imageElements, 0);
    for (int n = 0; n < geometry.batch(); n++) {
      long from = columnsOffset + n * matrix();
      long to = imageOffset + n * image();
      for (int row = 0; row < shape.rows(); row++, from += shape.windows()) {
        col2im.addRow(columns, from, image, to, row, 0, shape.windows());
      }
    }
  }

  private long image() {
    return (long) shape.channels() * shape.plane();
  }

  private long matrix() {
    return (long) shape.rows() * shape.windows();
  }
}

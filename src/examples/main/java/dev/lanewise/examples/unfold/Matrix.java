// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.unfold;

import dev.lanewise.gemm.Gemm;

/**
 * A matrix small enough to print.
 *
 * @param rows how many
 * @param columns how many
 * @param values rows×columns, row-major
 */
record Matrix(int rows, int columns, float[] values) {

  static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new float[rows * columns]);
  }

  /** The same values, row by row, under another shape. */
  Matrix reshaped(int newRows, int newColumns) {
    if (newRows * newColumns != values.length) {
      throw new IllegalArgumentException(
          "%d values do not fill %d x %d".formatted(values.length, newRows, newColumns));
    }
    return new Matrix(newRows, newColumns, values);
  }

  float at(int row, int column) {
    return values[row * columns + column];
  }

  /** this · right. */
  Matrix times(Matrix right) {
    return multiply(Gemm.of(rows, right.columns, columns), right, rows, right.columns);
  }

  /** this · rightᵀ, without a transposed copy. */
  Matrix timesTransposed(Matrix right) {
    return multiply(Gemm.of(rows, right.rows, columns).transposeB(), right, rows, right.rows);
  }

  /** thisᵀ · right, without a transposed copy. */
  Matrix transposedTimes(Matrix right) {
    return multiply(
        Gemm.of(columns, right.columns, rows).transposeA(), right, columns, right.columns);
  }

  private Matrix multiply(Gemm.Builder builder, Matrix right, int productRows, int productColumns) {
    Gemm gemm = builder.build();
    Matrix product = zeros(productRows, productColumns);
    gemm.multiply(1, values, right.values, 0, product.values, new float[gemm.workspaceFloats()]);
    return product;
  }

  String shape() {
    return rows + " x " + columns;
  }

  /**
   * One line a row, columns aligned at the right, after {@code name = } on the middle row.
   *
   * @param name what the matrix is called
   * @param format of one value
   */
  String print(String name, String format) {
    int width = 0;
    for (float value : values) {
      width = Math.max(width, format.formatted(value).length());
    }
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      text.append("  ")
          .append(row == (rows - 1) / 2 ? name + " = " : " ".repeat(name.length() + 3));
      for (int column = 0; column < columns; column++) {
        String value = format.formatted(at(row, column));
        text.append(" ".repeat(width - value.length() + (column == 0 ? 0 : 2))).append(value);
      }
      text.append('\n');
    }
    return text.toString();
  }
}

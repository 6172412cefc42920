// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * General matrix multiplication, C := alpha · op(A) · op(B) + beta · C, row-major:
 *
 * <pre>
 * C[i, j] := alpha · Σ_p op(A)[i, p] · op(B)[p, j] + beta · C[i, j]
 * </pre>
 *
 * <p>op(A) is m × k and op(B) k × n; op is the transpose or nothing. A leading dimension is the
 * distance from one row of a matrix to the next as it is stored. With beta = 0, C is overwritten
 * whatever it holds; with alpha = 0, A and B do not matter.
 *
 * @param m rows of C
 * @param n columns of C
 * @param k terms of each sum
 * @param transposeA whether A is stored as k × m
 * @param transposeB whether B is stored as n × k
 * @param lda leading dimension of A as stored
 * @param ldb leading dimension of B as stored
 * @param ldc leading dimension of C
 */
public record ReferenceGemm(
    int m, int n, int k, boolean transposeA, boolean transposeB, int lda, int ldb, int ldc) {

  /**
   * Checks the leading dimensions.
   *
   * @throws IllegalArgumentException if one is less than a row
   */
  public ReferenceGemm {
    if (lda < (transposeA ? m : k) || ldb < (transposeB ? k : n) || ldc < n) {
      throw new IllegalArgumentException("leading dimensions %d, %d, %d".formatted(lda, ldb, ldc));
    }
  }

  /**
   * The new C; what is between its rows stays as it was.
   *
   * @param alpha the factor of the product
   * @param a A
   * @param b B
   * @param beta the factor of the old C
   * @param c the old C, not changed
   * @return the new C
   */
  public double[] multiply(double alpha, double[] a, double[] b, double beta, double[] c) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    double[] result = c.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          double left = transposeA ? a[p * lda + i] : a[i * lda + p];
          double right = transposeB ? b[j * ldb + p] : b[p * ldb + j];
          sum += left * right;
        }
        int at = i * ldc + j;
        double old = beta == 0 ? 0 : beta * c[at];
        result[at] = alpha == 0 ? old : old + alpha * sum;
      }
    }
    return result;
  }

  /**
   * |alpha| · Σ|A||B| + |beta| · |C| of each element of C.
   *
   * @param alpha the factor of the product
   * @param a A
   * @param b B
   * @param beta the factor of the old C
   * @param c the old C
   * @return what {@link NumbersPolicy#bound} asks for
   */
  public double[] magnitude(double alpha, double[] a, double[] b, double beta, double[] c) {
    return multiply(
        Math.abs(alpha), Shape.absolute(a), Shape.absolute(b), Math.abs(beta), Shape.absolute(c));
  }

  /**
   * K.
   *
   * @return k
   */
  public long terms() {
    return k;
  }

  /**
   * The elements A needs, the last row without its gap.
   *
   * @return the least length of A
   */
  public int aElements() {
    return transposeA ? elements(k, m, lda) : elements(m, k, lda);
  }

  /**
   * The elements B needs, the last row without its gap.
   *
   * @return the least length of B
   */
  public int bElements() {
    return transposeB ? elements(n, k, ldb) : elements(k, n, ldb);
  }

  /**
   * The elements C needs, the last row without its gap.
   *
   * @return the least length of C
   */
  public int cElements() {
    return elements(m, n, ldc);
  }

  private static int elements(int rows, int columns, int leadingDimension) {
    return rows == 0 || columns == 0 ? 0 : (rows - 1) * leadingDimension + columns;
  }
}

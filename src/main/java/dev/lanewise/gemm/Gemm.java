// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.gemm;

import dev.lanewise.internal.gemm.FloatColumnPanels;
import dev.lanewise.internal.gemm.FloatGemmLoops;
import dev.lanewise.internal.gemm.FloatPackedRows;
import dev.lanewise.internal.gemm.FloatPanels;
import dev.lanewise.internal.gemm.FloatRowPanels;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.memory.FloatOperands;
import dev.lanewise.internal.simd.Machine;
import java.lang.foreign.MemorySegment;

/**
 * The general matrix product, C = alpha · op(A) · op(B) + beta · C, on {@code float}, row-major.
 *
 * <table>
 *   <caption>Operands</caption>
 *   <tr><th>operand</th><th>shape</th><th>element (i, j)</th></tr>
 *   <tr><td>A</td><td>m×k, or k×m if transposed</td><td>{@code a[i·lda + j]}</td></tr>
 *   <tr><td>B</td><td>k×n, or n×k if transposed</td><td>{@code b[i·ldb + j]}</td></tr>
 *   <tr><td>C</td><td>m×n</td><td>{@code c[i·ldc + j]}</td></tr>
 * </table>
 *
 * <p>A plan: immutable and thread-safe, built once for its sizes. Scratch memory is the caller's;
 * its contents do not matter before and mean nothing after a call. Compiled, a call allocates
 * nothing, unless an operand is a read-only heap segment.
 *
 * <p>beta = 0 overwrites C, whatever it held, NaN included; alpha = 0 leaves A and B unread, as in
 * BLAS. alpha multiplies A before the product is summed. Each element is a sum over k in blocks of
 * fixed length, in an order that the sizes and the machine's vectors alone decide, with fused
 * multiply-add where the machine has it: the same bits in every call, in heap and in native memory.
 *
 * <p>The stretch of memory from the first element of C to its last must lie apart from those of A,
 * B and the workspace: blocks of one matrix that interleave are refused.
 */
public final class Gemm {
  private final int m;
  private final int n;
  private final int k;
  private final boolean transposeA;
  private final boolean transposeB;
  private final int lda;
  private final int ldb;
  private final int ldc;
  private final FloatGemmLoops loops;

  private Gemm(Builder builder) {
    m = builder.m;
    n = builder.n;
    k = builder.k;
    transposeA = builder.transposeA;
    transposeB = builder.transposeB;
    lda = leading("lda", builder.lda, transposeA ? m : k);
    ldb = leading("ldb", builder.ldb, transposeB ? k : n);
    ldc = leading("ldc", builder.ldc, n);
    FloatPackedRows aRows =
        transposeA ? FloatPackedRows.ofTransposed(lda) : FloatPackedRows.of(lda);
    FloatPanels bPanels = transposeB ? new FloatColumnPanels(ldb) : new FloatRowPanels(ldb);
    loops = new FloatGemmLoops(m, n, k, aRows, bPanels);
  }

  private static int leading(String name, int given, int columns) {
    if (given == Builder.CONTIGUOUS) {
      return Math.max(1, columns);
    }
    if (given < Math.max(1, columns)) {
      throw new IllegalArgumentException(
          "%s must be at least the row length %d: %s=%d".formatted(name, columns, name, given));
    }
    return given;
  }

  /**
   * Starts a plan for C of m×n and k products per element.
   *
   * @param m rows of op(A) and C
   * @param n columns of op(B) and C
   * @param k columns of op(A), rows of op(B)
   * @return a builder with both operands as they stand and all rows contiguous
   * @throws IllegalArgumentException if a size is negative or above 2³⁰
   */
  public static Builder of(int m, int n, int k) {
    return new Builder(m, n, k);
  }

  /** Collects the options of a {@link Gemm}. */
  public static final class Builder {
    private static final int CONTIGUOUS = -1;

    /** What a loop can step past by one block without leaving the int range. */
    private static final int LARGEST = 1 << 30;

    private final int m;
    private final int n;
    private final int k;
    private boolean transposeA;
    private boolean transposeB;
    private int lda = CONTIGUOUS;
    private int ldb = CONTIGUOUS;
    private int ldc = CONTIGUOUS;

    private Builder(int m, int n, int k) {
      if (m < 0 || n < 0 || k < 0) {
        throw new IllegalArgumentException(
            "negative sizes are not supported: m=%d, n=%d, k=%d".formatted(m, n, k));
      }
      if (Math.max(m, Math.max(n, k)) > LARGEST) {
        throw new IllegalArgumentException(
            "sizes above %d are not supported: m=%d, n=%d, k=%d".formatted(LARGEST, m, n, k));
      }
      this.m = m;
      this.n = n;
      this.k = k;
    }

    /**
     * op(A) = Aᵀ: A is stored as k×m.
     *
     * @return this builder
     */
    public Builder transposeA() {
      transposeA = true;
      return this;
    }

    /**
     * op(B) = Bᵀ: B is stored as n×k.
     *
     * @return this builder
     */
    public Builder transposeB() {
      transposeB = true;
      return this;
    }

    /**
     * Sets the leading dimension of A.
     *
     * @param elements from one stored row to the next
     * @return this builder
     */
    public Builder lda(int elements) {
      lda = checked("lda", elements);
      return this;
    }

    /**
     * Sets the leading dimension of B.
     *
     * @param elements from one stored row to the next
     * @return this builder
     */
    public Builder ldb(int elements) {
      ldb = checked("ldb", elements);
      return this;
    }

    /**
     * Sets the leading dimension of C.
     *
     * @param elements from one row to the next
     * @return this builder
     */
    public Builder ldc(int elements) {
      ldc = checked("ldc", elements);
      return this;
    }

    private static int checked(String name, int elements) {
      if (elements < 1) {
        throw new IllegalArgumentException(
            "%s must be at least 1: %s=%d".formatted(name, name, elements));
      }
      return elements;
    }

    /**
     * Makes the plan.
     *
     * @return the plan
     * @throws IllegalArgumentException if a leading dimension is shorter than its row
     */
    public Gemm build() {
      return new Gemm(this);
    }
  }

  /**
   * The scratch memory of a call.
   *
   * @return elements
   */
  public int workspaceFloats() {
    return loops.workspaceFloats();
  }

  /**
   * The scratch memory of a call.
   *
   * @return bytes
   */
  public long workspaceBytes() {
    return (long) workspaceFloats() * Float.BYTES;
  }

  /**
   * What was chosen, in words.
   *
   * @return a line each for the sizes, the blocking, the machine and the workspace
   */
  public String explain() {
    return """
        Gemm %s
        %s
        %s
        workspace %d bytes, calling thread only"""
        .formatted(sizes(), loops.describe(), Machine.describe(), workspaceBytes());
  }

  /**
   * C = alpha · op(A) · op(B) + beta · C.
   *
   * @param alpha factor of the product
   * @param a A
   * @param b B
   * @param beta factor of the old C; 0 overwrites
   * @param c C
   * @param workspace at least {@link #workspaceFloats()} elements
   * @throws IllegalArgumentException if an operand is too short or C overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void multiply(
      float alpha, float[] a, float[] b, float beta, float[] c, float[] workspace) {
    multiply(alpha, a, 0, b, 0, beta, c, 0, workspace, 0);
  }

  /**
   * C = alpha · op(A) · op(B) + beta · C, each operand from an offset on.
   *
   * @param alpha factor of the product
   * @param a holds A
   * @param aOffset its first element
   * @param b holds B
   * @param bOffset its first element
   * @param beta factor of the old C; 0 overwrites
   * @param c holds C
   * @param cOffset its first element
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short or C overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void multiply(
      float alpha,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float beta,
      float[] c,
      int cOffset,
      float[] workspace,
      int workspaceOffset) {
    FloatOperands.require("a", a, aOffset, aElements(), this);
    FloatOperands.require("b", b, bOffset, bElements(), this);
    FloatOperands.require("c", c, cOffset, cElements(), this);
    run(alpha, a, aOffset, b, bOffset, beta, c, cOffset, workspace, workspaceOffset);
  }

  /**
   * C = alpha · op(A) · op(B) + beta · C, each operand in heap or native memory.
   *
   * @param alpha factor of the product
   * @param a A
   * @param b B
   * @param beta factor of the old C; 0 overwrites
   * @param c C
   * @param workspace at least {@link #workspaceFloats()} elements
   * @throws IllegalArgumentException if an operand is too short or read-only, or C overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void multiply(
      float alpha,
      MemorySegment a,
      MemorySegment b,
      float beta,
      MemorySegment c,
      float[] workspace) {
    FloatOperands.require("a", a, aElements(), this);
    FloatOperands.require("b", b, bElements(), this);
    FloatOperands.require("c", c, cElements(), this);
    FloatOperands.requireWritable("c", c);
    run(
        alpha,
        FloatMemory.of(a),
        FloatMemory.offset(a),
        FloatMemory.of(b),
        FloatMemory.offset(b),
        beta,
        FloatMemory.of(c),
        FloatMemory.offset(c),
        workspace,
        0);
  }

  private void run(
      float alpha,
      Object a,
      long aOffset,
      Object b,
      long bOffset,
      float beta,
      Object c,
      long cOffset,
      float[] workspace,
      int workspaceOffset) {
    FloatOperands.require("workspace", workspace, workspaceOffset, workspaceFloats(), this);
    FloatOperands.requireApart("a", a, aOffset, aElements(), "c", c, cOffset, cElements());
    FloatOperands.requireApart("b", b, bOffset, bElements(), "c", c, cOffset, cElements());
    long scratch = workspaceFloats();
    FloatOperands.requireApart(
        "a", a, aOffset, aElements(), "workspace", workspace, workspaceOffset, scratch);
    FloatOperands.requireApart(
        "b", b, bOffset, bElements(), "workspace", workspace, workspaceOffset, scratch);
    FloatOperands.requireApart(
        "c", c, cOffset, cElements(), "workspace", workspace, workspaceOffset, scratch);
    if (n == 0) {
      return; // the rows of an empty C may start behind its end
    }
    if (alpha == 0 || k == 0) {
      for (int i = 0; i < m; i++) {
        FloatMemory.scale(c, cOffset + (long) i * ldc, n, beta);
      }
    } else {
      loops.run(
          1,
          0,
          n,
          alpha,
          a,
          aOffset,
          b,
          bOffset,
          0,
          beta,
          null,
          0,
          c,
          cOffset,
          0,
          ldc,
          workspace,
          workspaceOffset);
    }
  }

  private long aElements() {
    return transposeA ? elements(k, lda, m) : elements(m, lda, k);
  }

  private long bElements() {
    return transposeB ? elements(n, ldb, k) : elements(k, ldb, n);
  }

  private long cElements() {
    return elements(m, ldc, n);
  }

  private static long elements(int rows, int ld, int columns) {
    return rows == 0 || columns == 0 ? 0 : (rows - 1L) * ld + columns;
  }

  private String sizes() {
    return "m=%d, n=%d, k=%d, %slda=%d, %sldb=%d, ldc=%d"
        .formatted(
            m,
            n,
            k,
            transposeA ? "A transposed, " : "",
            lda,
            transposeB ? "B transposed, " : "",
            ldb,
            ldc);
  }

  @Override
  public String toString() {
    return sizes();
  }
}

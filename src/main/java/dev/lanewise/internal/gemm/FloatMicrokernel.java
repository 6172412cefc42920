// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.Machine;

/**
 * The innermost loop of every matrix product, on one MR×NR microtile of C.
 *
 * <pre>
 *   C[i][j] = D[i][j] + Σ_p A[i][p] · B[p][j]     0 ≤ i &lt; MR, 0 ≤ j &lt; NR, 0 ≤ p &lt; kc, p ascending
 *
 *   operand  shape    layout                                    element
 *   A        MR×kc    micropanel, row-major, KC from row to row  a[aOffset + i·KC + p]
 *   B        kc×NR    row-major, ldb elements from row to row    b[bOffset + p·ldb + j]
 *   D        MR×NR    row-major, ldd elements from row to row    d[dOffset + i·ldd + j]
 *   C        MR×NR    row-major, ldc elements from row to row    c[cOffset + i·ldc + j]
 * </pre>
 *
 * <p>D is C itself where C is added to, or one row of zeros (ldd = 0) where it is overwritten. The
 * sum starts from zero and meets D once, at the end; each product is added with one fused
 * multiply-add where the machine has it. Edges are not its business: {@link FloatMacrokernel} hands
 * it a temporary microtile there.
 *
 * <p>A tile of MR rows and NV vectors keeps MR·NV accumulators, NV vectors of B and, where C2
 * hoists them, MR broadcasts of A. If those are no more than the registers, none is ever spilled;
 * whether a larger tile spills depends on as little as the garbage collector. One class per tile,
 * each small enough for C1: a kernel that C1 refuses can stay interpreted or in C1 for good, at a
 * hundredth of its speed (JDK 25). Names: {@code 10x2} = 10 rows by 2 vectors.
 *
 * <p>Source: Van Zee and van de Geijn, BLIS: A Framework for Rapidly Instantiating BLAS
 * Functionality, ACM TOMS 41(3), 2015.
 */
public interface FloatMicrokernel {
  /** The tile for this machine. */
  FloatMicrokernel BEST = choose();

  /**
   * The tile for heights that are no multiple of {@link #BEST}'s: as wide, and a little lower or
   * the same.
   */
  FloatMicrokernel LOWER = BEST.rows() > 4 ? started(new FloatMicrokernel8x2()) : BEST;

  /** The tile for the last rows of a block: as wide as {@link #BEST} and at most as high. */
  FloatMicrokernel LOW = BEST.rows() > 4 ? started(new FloatMicrokernel4x2()) : BEST;

  /** The tile for the last columns of a block: as high as {@link #BEST} and at most as wide. */
  FloatMicrokernel NARROW = BEST.rows() > 4 ? started(new FloatMicrokernel10x1()) : BEST;

  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /** A microtile of C becomes that of D and the product of two micropanels. */
  void accumulate(
      int kc,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int ldb,
      float[] d,
      int dOffset,
      int ldd,
      float[] c,
      int cOffset,
      int ldc);

  private static FloatMicrokernel choose() {
    if (!Machine.SIMD) {
      return new FloatMicrokernelScalar();
    }
    if (!Machine.FMA) {
      return started(new FloatMicrokernel4x2MulAdd());
    }
    return started(
        Machine.REGISTERS >= 32 ? new FloatMicrokernel10x2() : new FloatMicrokernel4x2());
  }

  private static FloatMicrokernel started(FloatMicrokernel kernel) {
    return FloatStartingMicrokernel.canStart(kernel)
        ? new FloatStartingMicrokernel(kernel)
        : kernel;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.start.Starting;

/**
 * The innermost loops of every matrix product, on MR×NR microtiles of C that lie one below the
 * other, for one panel of B after the other.
 *
 * <pre>
 *   C[i][j] += Σ_p A[i][p] · B[p][j]     0 ≤ i &lt; tiles·MR, 0 ≤ j &lt; NR, 0 ≤ p &lt; kc, p ascending
 *
 *   operand  shape          layout                                    element
 *   A        tiles·MR×kc    row-major, lda elements from row to row    a[aOffset + i·lda + p]
 *   B        kc×NR          row-major, ldb elements from row to row    b[bOffset + p·ldb + j]
 *   C        tiles·MR×NR    row-major, ldc elements from row to row    c[cOffset + i·ldc + j]
 * </pre>
 *
 * <p>The sum starts from zero and is added to C once, at the end, or overwrites it; each product is
 * added with one fused multiply-add where the machine has it. Edges are not its business: {@link
 * FloatMacrokernel} hands it a temporary microtile there. Several tiles and panels in a call,
 * because the call and its checks cost as much as 100 multiply-adds.
 *
 * <p>A tile of MR rows and NV vectors keeps MR·NV accumulators, NV vectors of B and, where C2
 * hoists them, MR broadcasts of A. If those are no more than the registers, none is ever spilled;
 * whether a larger tile spills depends on as little as the garbage collector. Of 16 registers 4x2
 * needs no more, and reaches 80 to 85 % of the peak; 6x2 is larger, was compiled without spilling
 * under every collector, and reaches 97 and more (256 bits on Zen 4). One class per tile, each
 * small enough for C1: a kernel that C1 refuses can stay interpreted or in C1 for good, at a
 * hundredth of its speed (JDK 25). Names: {@code 5x4} = 5 rows by 4 vectors.
 *
 * <p>Source: Van Zee and van de Geijn, BLIS: A Framework for Rapidly Instantiating BLAS
 * Functionality, ACM TOMS 41(3), 2015.
 */
public interface FloatMicrokernel {
  /** MR. */
  int rows();

  /** NR. */
  int columns();

  /**
   * The only lda of this tile, whatever {@link #accumulate} is told; 0 if it takes any. One that
   * has a single lda may rely on a ldb of two vectors as well, and one whose name ends in {@code
   * Pairs} on an even kc.
   */
  default int onlyLda() {
    return 0;
  }

  /**
   * Adds the product of some rows of A and some panels of B to as many columns of microtiles.
   *
   * @param panels how many, of NR columns each
   * @param panel elements from one panel of B to the next
   * @param tiles microtiles in a column
   * @param overwrite whether C becomes the product, whatever it held
   */
  void accumulate(
      int panels,
      int panel,
      int tiles,
      int kc,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      boolean overwrite,
      float[] c,
      int cOffset,
      int ldc);

  /** The same tile, overwriting a C in native memory; null if there is none. */
  default Starting<FloatMicrokernelToSegment> toSegment() {
    return null;
  }
}

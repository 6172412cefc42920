// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

/**
 * The blocked matrix product: C += alpha · A · B for every B and C of a batch that shares A.
 *
 * <pre>
 *   for each block of packedRows rows of C      (BLIS: part of loop 3)
 *     for each kc of k, ascending               (loop 4)
 *       pack A: packedRows×kc
 *       for each B and C of the batch
 *         for each nc columns of C              (loop 5)
 *           pack B: kc×nc
 *           for each mc rows                    (loop 3)
 *             macrokernel                       (loops 2 and 1)
 * </pre>
 *
 * <p>Loop 4 is outside loop 5, other than in BLIS: so every element of A and, up to packedRows
 * rows, of B is packed once, and the packed blocks fit a small workspace whatever the sizes. What
 * it costs is one more pass over C per kc. Each element of C is a sum over p ascending in blocks of
 * kc, whatever the batch.
 *
 * <p>Source: Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS
 * 34(3), 2008; Van Zee and van de Geijn 2015 for the names.
 */
public final class FloatGemmLoops {
  private static final int MR = FloatMacrokernel.MR;
  private static final int NR = FloatMacrokernel.NR;

  private final int m;
  private final int n;
  private final int k;
  private final FloatPanels aPanels;
  private final FloatPanels bPanels;
  private final Blocking blocking = Blocking.DEFAULT;

  /**
   * A product of m×k by k×n.
   *
   * @param aPanels packs A: j is its row
   * @param bPanels packs B: j is its column
   */
  public FloatGemmLoops(int m, int n, int k, FloatPanels aPanels, FloatPanels bPanels) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.aPanels = aPanels;
    this.bPanels = bPanels;
  }

  /** Elements of scratch that {@link #run} needs. */
  public int workspaceFloats() {
    return packedAFloats() + packedBFloats() + FloatMacrokernel.TILE + scratchFloats();
  }

  /** The blocking and the tile in words. */
  public String describe() {
    return "%s, k in blocks of %d, %d rows of A and %d columns of B packed at a time"
        .formatted(
            FloatMacrokernel.describe(),
            kc(),
            Math.min(m, blocking.packedRows()),
            Math.min(n, blocking.nc()));
  }

  private int packedAFloats() {
    return Blocking.padded(Math.min(m, blocking.packedRows()), MR) * kc();
  }

  private int packedBFloats() {
    return Blocking.padded(Math.min(n, blocking.nc()), NR) * kc();
  }

  private int scratchFloats() {
    return Math.max(
        aPanels.scratchFloats(kc(), Math.min(m, blocking.packedRows())),
        bPanels.scratchFloats(kc(), Math.min(n, blocking.nc())));
  }

  private int kc() {
    return Math.min(k, blocking.kc());
  }

  /**
   * C(i) += alpha · A · B(i), 0 ≤ i &lt; batch.
   *
   * @param bStride elements from one B to the next
   * @param cStride elements from one C to the next
   * @param ldc elements from one row of C to the next
   */
  public void run(
      int batch,
      float alpha,
      Object a,
      long aOffset,
      Object b,
      long bOffset,
      long bStride,
      Object c,
      long cOffset,
      long cStride,
      int ldc,
      float[] workspace,
      int workspaceOffset) {
    int packedA = workspaceOffset;
    int packedB = packedA + packedAFloats();
    int tile = packedB + packedBFloats();
    int scratch = tile + FloatMacrokernel.TILE;
    for (int i0 = 0; i0 < m; i0 += blocking.packedRows()) {
      int rows = Math.min(blocking.packedRows(), m - i0);
      for (int p0 = 0; p0 < k; p0 += blocking.kc()) {
        int kc = Math.min(blocking.kc(), k - p0);
        aPanels.pack(a, aOffset, p0, kc, i0, rows, MR, workspace, packedA, scratch);
        scale(workspace, packedA, Blocking.padded(rows, MR) * kc, alpha);
        for (int image = 0; image < batch; image++) {
          for (int j0 = 0; j0 < n; j0 += blocking.nc()) {
            int nc = Math.min(blocking.nc(), n - j0);
            bPanels.pack(
                b, bOffset + image * bStride, p0, kc, j0, nc, NR, workspace, packedB, scratch);
            long corner = cOffset + image * cStride + (long) i0 * ldc + j0;
            for (int i = 0; i < rows; i += blocking.mc()) {
              FloatMacrokernel.run(
                  Math.min(blocking.mc(), rows - i),
                  nc,
                  kc,
                  workspace,
                  packedA + i * kc,
                  packedB,
                  tile,
                  c,
                  corner + (long) i * ldc,
                  ldc);
            }
          }
        }
      }
    }
  }

  private static void scale(float[] values, int offset, int count, float factor) {
    if (factor != 1) {
      for (int i = offset; i < offset + count; i++) {
        values[i] *= factor;
      }
    }
  }
}

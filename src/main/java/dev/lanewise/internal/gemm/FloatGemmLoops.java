// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;

/**
 * The blocked matrix product: C = alpha · A · B + beta · C for every B and C of a batch that shares
 * A.
 *
 * <pre>
 *   for each packedRows of m and packedDepth of k, ascending
 *     pack A: packedRows×packedDepth
 *     for each B and C of the batch
 *       for each nc columns of C                 (BLIS: loop 5)
 *         pack B: packedDepth×nc
 *         for each mc rows                       (loop 3)
 *           for each kc of packedDepth           (loop 4)
 *             macrokernel                        (loops 2 and 1)
 * </pre>
 *
 * <p>Loop 4 is inside loops 5 and 3, other than in BLIS, so that a block of C stays in the
 * second-level cache while it is added to: Java has no prefetch to hide a slower one's latency.
 * What is packed is bounded, whatever the sizes: A is packed once, B once per packedRows. Each
 * element of C is a sum over p ascending in blocks of kc, whatever the batch.
 *
 * <p>Source: Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS
 * 34(3), 2008; Van Zee and van de Geijn 2015 for the names.
 */
public final class FloatGemmLoops {
  private static final int NR = FloatMacrokernel.NR;
  private static final int MC = Blocking.MC;
  private static final int KC = Blocking.KC;

  private final int m;
  private final int n;
  private final int k;
  private final FloatPackedRows aRows;
  private final FloatPanels bPanels;
  private final int packedRows;
  private final int packedDepth;
  private final int nc;

  /**
   * A product of m×k by k×n.
   *
   * @param aRows packs A
   * @param bPanels packs B
   */
  public FloatGemmLoops(int m, int n, int k, FloatPackedRows aRows, FloatPanels bPanels) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.aRows = aRows;
    this.bPanels = bPanels;
    packedRows = Math.min(m, Blocking.PACKED_ROWS);
    packedDepth = Math.min(k, Blocking.PACKED_DEPTH);
    nc = Math.min(n, Blocking.NC);
  }

  /** Elements of scratch that {@link #run} needs. */
  public int workspaceFloats() {
    return packedAFloats() + packedBFloats() + FloatMacrokernel.TILE + scratchFloats();
  }

  /** The blocking and the tile in words. */
  public String describe() {
    return "%s, %d rows of A and %d columns of B packed at a time, %d deep, in blocks of %d"
        .formatted(FloatMacrokernel.describe(), packedRows, nc, packedDepth, Math.min(k, KC));
  }

  private int packedAFloats() {
    return FloatPackedRows.floats(packedRows, packedDepth);
  }

  private int packedBFloats() {
    return Blocking.padded(nc, NR) * packedDepth;
  }

  private int scratchFloats() {
    return bPanels.scratchFloats(Math.min(k, KC), nc);
  }

  /**
   * C(i) = alpha · A · B(i) + beta · C(i), 0 ≤ i &lt; batch, for k ≥ 1.
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
      float beta,
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
    for (int i0 = 0; i0 < m; i0 += packedRows) {
      int rows = Math.min(packedRows, m - i0);
      for (int p0 = 0; p0 < k; p0 += packedDepth) {
        int depth = Math.min(packedDepth, k - p0);
        packA(a, aOffset, i0, rows, p0, depth, alpha, workspace, packedA);
        for (int image = 0; image < batch; image++) {
          long bImage = bOffset + image * bStride;
          long cImage = cOffset + image * cStride + (long) i0 * ldc;
          for (int j0 = 0; j0 < n; j0 += nc) {
            int columns = Math.min(nc, n - j0);
            packB(b, bImage, p0, depth, j0, columns, workspace, packedB, scratch);
            if (p0 == 0) {
              // Here and not for all of C at once, so that the block is in the cache when it is
              // added to.
              scale(rows, columns, beta, c, cImage + j0, ldc);
            }
            multiply(rows, columns, depth, workspace, packedA, packedB, tile, c, cImage + j0, ldc);
          }
        }
      }
    }
  }

  /** Packs KC by KC, the blocks one behind the other. */
  private void packA(
      Object memory,
      long offset,
      int i0,
      int rows,
      int p0,
      int depth,
      float alpha,
      float[] workspace,
      int packed) {
    for (int p = 0; p < depth; p += KC) {
      int at = packed + FloatPackedRows.floats(rows, p);
      int kc = Math.min(KC, depth - p);
      aRows.pack(memory, offset, i0, rows, p0 + p, kc, workspace, at);
      scale(rows, kc, alpha, workspace, at, KC);
    }
  }

  /** Packs KC by KC, the blocks one behind the other. */
  private void packB(
      Object memory,
      long offset,
      int p0,
      int depth,
      int j0,
      int columns,
      float[] workspace,
      int packed,
      int scratch) {
    for (int p = 0; p < depth; p += KC) {
      int at = packed + p * Blocking.padded(columns, NR);
      int kc = Math.min(KC, depth - p);
      bPanels.pack(memory, offset, p0 + p, kc, j0, columns, workspace, at, scratch);
    }
  }

  private static void scale(
      int rows, int columns, float factor, Object memory, long offset, int ld) {
    if (factor != 1) {
      for (int r = 0; r < rows; r++) {
        FloatMemory.scale(memory, offset + (long) r * ld, columns, factor);
      }
    }
  }

  /** Loops 3 and 4 over what is packed. */
  private static void multiply(
      int rows,
      int columns,
      int depth,
      float[] packed,
      int packedA,
      int packedB,
      int tile,
      Object c,
      long cOffset,
      int ldc) {
    for (int i = 0; i < rows; i += MC) {
      for (int p = 0; p < depth; p += KC) {
        int kc = Math.min(KC, depth - p);
        FloatMacrokernel.run(
            Math.min(MC, rows - i),
            columns,
            kc,
            packed,
            packedA + FloatPackedRows.floats(rows, p) + i * KC,
            packedB + p * Blocking.padded(columns, NR),
            tile,
            c,
            cOffset + (long) i * ldc,
            ldc);
      }
    }
  }
}

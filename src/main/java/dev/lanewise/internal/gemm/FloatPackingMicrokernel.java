// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;

/**
 * A {@link FloatMicrokernel} on one tile that reads B where it stands, and packs it on the way: the
 * loads wait for far caches while products are added up, where a copy would only wait.
 *
 * <pre>
 *   C[i][j] += Σ_p A[i][p] · B[p][j]     0 ≤ i &lt; MR, 0 ≤ j &lt; NR, 0 ≤ p &lt; kc, p ascending
 *
 *   operand  element
 *   A        a[aOffset + i·lda + p]
 *   B        b[bOffset + p·ldb + j], copied to panel[panelOffset + p·NR + j]
 *   C        c[cOffset + i·ldc + j]
 * </pre>
 *
 * <p>The distance of rows of A, and the bits, are those of the high tiles ({@link FloatTiles}).
 * There is no scalar form: until the vectors are fast, B is packed first.
 */
public interface FloatPackingMicrokernel extends Starting.Form {
  /** MR. */
  int ROWS = 12;

  /** NR. */
  int COLUMNS = 2 * FloatLanes.LENGTH;

  /** The first tile of each panel where tiles are high. */
  Starting<FloatPackingMicrokernel> HIGH = Starting.vectorOnly(FloatPackingMicrokernel12x2.class);

  /**
   * Adds the product to the tile.
   *
   * @param overwrite whether C becomes the product, whatever it held
   */
  void accumulate(
      int kc,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int ldb,
      float[] panel,
      int panelOffset,
      boolean overwrite,
      float[] c,
      int cOffset,
      int ldc);

  @Override
  default int trial() {
    int kc = 16;
    float[] a = FloatZeros.atLeast(ROWS * Blocking.PACKED_LDA);
    float[] zeros = FloatZeros.atLeast(kc * COLUMNS);
    accumulate(kc, a, 0, zeros, 0, 0, zeros, 0, true, zeros, 0, 0);
    accumulate(kc, a, 0, zeros, 0, 0, zeros, 0, false, zeros, 0, 0);
    return 2 * kc * ROWS * 2;
  }
}

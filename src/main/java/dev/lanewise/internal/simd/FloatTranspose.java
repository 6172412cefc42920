// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/**
 * Transposes a block of a row-major matrix: packing wants adjacent what the matrix keeps a row
 * apart.
 */
public sealed interface FloatTranspose
    permits FloatStartingTranspose, FloatVectorTranspose, FloatScalarTranspose {
  /** What this machine runs. */
  FloatTranspose BEST = Machine.SIMD ? new FloatStartingTranspose() : new FloatScalarTranspose();

  /**
   * {@code to[toOffset + p·stride + r] = from[fromOffset + r·ld + p]} for r in [0, rows) and p in
   * [0, count).
   */
  void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count);
}

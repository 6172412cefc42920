// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

/**
 * Packing of B: copies a block into micropanels of NR columns, the elements of one p adjacent.
 *
 * <pre>
 *   panel 0                    panel 1
 *   p0: j0 j1 … j(NR−1)        p0: j(NR) …
 *   p1: j0 j1 … j(NR−1)        p1: j(NR) …
 * </pre>
 *
 * <p>The last panel is filled up with zeros. Copying pays because each element is then read many
 * times, in order and from a nearer cache; and because the operand may be anything that can be
 * copied from, such as a col matrix that exists nowhere.
 *
 * <p>An implementation knows its operand's shape; where the elements lie comes with each call.
 */
public interface FloatPanels {
  /** Elements of scratch that packing kc×count needs. */
  default int scratchFloats(int kc, int count) {
    return 0;
  }

  /**
   * Elements from one p to the next if those of one p lie adjacent in the operand, so that a whole
   * panel can be read where it lies; else 0.
   */
  default int ldInPlace() {
    return 0;
  }

  /**
   * Packs {@code p0 ≤ p < p0 + kc, j0 ≤ j < j0 + count} into {@code ⌈count / nr⌉} panels.
   *
   * @param memory the operand's memory
   * @param offset its first element
   * @param nr NR, columns of a panel
   * @param scratch where {@link #scratchFloats} elements of {@code to} may be used
   */
  void pack(
      Object memory,
      long offset,
      int p0,
      int kc,
      int j0,
      int count,
      int nr,
      float[] to,
      int toOffset,
      int scratch);
}

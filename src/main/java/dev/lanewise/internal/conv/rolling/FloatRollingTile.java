// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.rolling;

/**
 * The innermost loops of {@link FloatRollingFilter}: one filter, four rows of two vectors of
 * pixels.
 *
 * <pre>
 *   target[y·targetPitch + x] = bias + Σ_{k, kh} weight[k·KH + kh]
 *                                      · source[(y + kh)·sourcePitch + shift[k] + x]
 * </pre>
 *
 * <p>With a single filter a vector that is loaded for one multiply-add only would make the loads
 * the limit. Here each row of the source goes to all the rows of the tile whose windows it lies in.
 *
 * <p>The two vectors of a row lie {@code second} elements apart, wherever that is: beside each
 * other, overlapping at the end of a row, or in another row. Tiles run down the rows, {@code step}
 * rows at a time; the last ends with the last row and computes again what the tile before it did,
 * with the same bits.
 */
public interface FloatRollingTile {
  /** Rows of a tile. */
  int ROWS = 4;

  /** For windows of 3 rows. */
  FloatRollingTile THREE = new FloatStartingRollingTile(new FloatRollingTile3());

  /** For windows of 5 rows. */
  FloatRollingTile FIVE = new FloatStartingRollingTile(new FloatRollingTile5());

  /** The tile for windows of that many rows; null if there is none. */
  static FloatRollingTile of(int height) {
    return switch (height) {
      case 3 -> THREE;
      case 5 -> FIVE;
      default -> null;
    };
  }

  /** KH. */
  int height();

  /**
   * Overwrites two columns of vectors.
   *
   * @param rows rows of the target, at least {@code step}
   * @param step from one tile to the next: {@link #ROWS}, or twice as many if the second vectors
   *     are further rows
   * @param second from the first vector of a row of the source to the second
   * @param targetSecond the same in the target
   */
  void run(
      int rows,
      int step,
      int second,
      int targetSecond,
      int terms,
      int[] shifts,
      float[] source,
      int sourceOffset,
      int sourcePitch,
      float[] weight,
      int weightOffset,
      float bias,
      float[] target,
      int targetOffset,
      int targetPitch);
}

// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.simd.LoopStrip;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.util.List;

/**
 * The innermost loops of {@link FloatPixelFilter} for two neighbouring phases of few filters, which
 * mostly read the same elements: what both need is loaded once.
 *
 * <pre>
 *   target[targetAt[v] + f·plane + l]       = bias[f] + Σ_o w[f] · source[…] + Σ_c w[f] · source[…]
 *   target[targetAt[v] + (F + f)·plane + l] = bias[f] + Σ_c w[F + f] · source[…] + Σ_n w[f] · source[…]
 *                     o the first phase's own terms, c the common ones, n those of the next phase alone
 * </pre>
 *
 * <p>Shifts of the terms follow each other in that order, and so do their weights: F, 2·F and again
 * F of a term. Everything else is as in {@link FloatPixelTile}. Of 12 multiply-adds that a core
 * does in 12 cycles (Zen 4), a tile of 3 filters by 4 vectors loads 4 vectors, which take 8 if they
 * straddle cache lines, besides 3 weights; of the 24 of a common term they are as many, with 6
 * weights.
 *
 * <p>Tiles for lines ({@link FloatPhaseLineTiles}) ask for the shift of the first term of each kind
 * only: the others are a line further each, a constant of their class, so that C2 takes the checks
 * of the table and of the source out of the loops.
 *
 * <p>Three loops and not one that asks which phases a term belongs to: C2 then keeps sums in
 * memory.
 */
public interface FloatPhaseTile extends Starting.Form {
  /** The tiles of this machine, by filters: 1, 2 and so on. */
  List<Starting<FloatPhaseTile>> ALL =
      Machine.REGISTERS >= 32
          ? List.of(
              starting(FloatPhaseTile1x4.class, 1, 4),
              starting(FloatPhaseTile2x4.class, 2, 4),
              starting(FloatPhaseTile3x4.class, 3, 4))
          : List.of(
              starting(FloatPhaseTile1x4.class, 1, 4), starting(FloatPhaseTile2x2.class, 2, 2));

  private static Starting<FloatPhaseTile> starting(
      Class<? extends FloatPhaseTile> tile, int filters, int vectors) {
    FloatPhaseTile scalar = new FloatPhaseTileScalar(filters, vectors, FloatLanes.LENGTH);
    return new Starting<>(tile, scalar);
  }

  /** F. */
  int filters();

  /** V. */
  int vectors();

  /** LENGTH. */
  int lanes();

  /**
   * Overwrites a run of vectors of 2·F planes.
   *
   * @param own terms of the first phase alone; of each kind at most {@link LoopStrip#MOST}
   * @param common terms of both
   * @param ownOfNext terms of the next phase alone
   */
  void run(
      int begin,
      int end,
      int[] sourceAt,
      int[] targetAt,
      int own,
      int common,
      int ownOfNext,
      int[] shifts,
      int firstShift,
      float[] source,
      int sourceOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] target,
      int targetOffset,
      int plane);

  @Override
  default int trial() {
    int terms = 8;
    int[] places = new int[Math.max(3 * terms, vectors())];
    float[] zeros =
        FloatZeros.atLeast(terms * Math.max(4 * filters(), PixelLine.LONGEST) + FloatLanes.LENGTH);
    run(
        0, vectors(), places, places, terms, terms, terms, places, 0, zeros, 0, zeros, 0, zeros, 0,
        zeros, 0, 0);
    return 4 * terms * filters() * vectors();
  }
}

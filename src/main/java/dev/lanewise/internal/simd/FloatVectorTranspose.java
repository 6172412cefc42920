// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.FloatSpecies.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes blocks of 4×4 in registers, where there are vectors of 4 lanes.
 *
 * <p>Two rounds of exchanges: in round s = 1, 2 rows i and i + s swap lanes, odd groups of s lanes
 * of the first against even groups of the second. Blocks of 8×8 take two thirds of the time when C2
 * inlines all of them; in some JVMs it does not, and boxes their vectors for good (JDK 25).
 *
 * <p>Source: Eklundh, A Fast Computer Method for Matrix Transposing, IEEE Transactions on
 * Computers, 1972.
 */
final class FloatVectorTranspose implements FloatTranspose {
  /** Rows and columns of a block. */
  private static final int BLOCK = 4;

  private static final VectorSpecies<Float> FOUR_LANES = FloatSpecies.ofLanes(BLOCK);

  private static final VectorShuffle<Float> UP_1 = shift(-1);
  private static final VectorShuffle<Float> UP_2 = shift(-2);
  private static final VectorShuffle<Float> DOWN_1 = shift(1);
  private static final VectorShuffle<Float> DOWN_2 = shift(2);
  private static final VectorMask<Float> ODD_1 = odd(1);
  private static final VectorMask<Float> ODD_2 = odd(2);

  private static VectorShuffle<Float> shift(int lanes) {
    return VectorShuffle.fromOp(FOUR_LANES, lane -> (lane + lanes + BLOCK) % BLOCK);
  }

  private static VectorMask<Float> odd(int group) {
    long lanes = 0;
    for (int lane = 0; lane < BLOCK; lane++) {
      lanes |= (lane & group) == 0 ? 0 : 1L << lane;
    }
    return VectorMask.fromLong(FOUR_LANES, lanes);
  }

  @Override
  public void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    if (LENGTH < BLOCK || rows < BLOCK) {
      FloatScalarTranspose.block(from, fromOffset, ld, rows, to, toOffset, stride, count);
      return;
    }
    int last = rows - BLOCK;
    for (int row = 0; row < last; row += BLOCK) {
      rows(from, fromOffset + row * ld, ld, to, toOffset + row, stride, count);
    }
    // The last four rows overlap those before if their number is not a multiple of four.
    rows(from, fromOffset + last * ld, ld, to, toOffset + last, stride, count);
  }

  private static void rows(
      float[] from, int fromOffset, int ld, float[] to, int toOffset, int stride, int count) {
    int done = block(from, fromOffset, ld, to, toOffset, stride, count);
    FloatScalarTranspose.block(
        from, fromOffset + done, ld, BLOCK, to, toOffset + done * stride, stride, count - done);
  }

  /** As many whole blocks of 4 rows as there are in {@code count}; returns how many columns. */
  private static int block(
      float[] from, int fromOffset, int ld, float[] to, int toOffset, int stride, int count) {
    int p = 0;
    for (; p + BLOCK <= count; p += BLOCK) {
      FloatVector row0 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + p);
      FloatVector row1 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + ld + p);
      FloatVector row2 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + 2 * ld + p);
      FloatVector row3 = FloatVector.fromArray(FOUR_LANES, from, fromOffset + 3 * ld + p);
      FloatVector pair0 = row0.blend(row1.rearrange(UP_1), ODD_1);
      FloatVector pair1 = row0.rearrange(DOWN_1).blend(row1, ODD_1);
      FloatVector pair2 = row2.blend(row3.rearrange(UP_1), ODD_1);
      FloatVector pair3 = row2.rearrange(DOWN_1).blend(row3, ODD_1);
      FloatVector column0 = pair0.blend(pair2.rearrange(UP_2), ODD_2);
      FloatVector column2 = pair0.rearrange(DOWN_2).blend(pair2, ODD_2);
      FloatVector column1 = pair1.blend(pair3.rearrange(UP_2), ODD_2);
      FloatVector column3 = pair1.rearrange(DOWN_2).blend(pair3, ODD_2);
      int at = toOffset + p * stride;
      column0.intoArray(to, at);
      column1.intoArray(to, at + stride);
      column2.intoArray(to, at + 2 * stride);
      column3.intoArray(to, at + 3 * stride);
    }
    return p;
  }
}
